"""The known word that somebody most likely meant."""

import pytest

from newsroom.schedule.nearness import nearest

DAYS = ("onsdag", "måndag", "lördag", "fredag", "monday")
MONTHS = ("mars", "maj", "may", "march")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("mondag", DAYS, "måndag"),
        ("lordag", DAYS, "lördag"),
        ("mondya", DAYS, "monday"),
        ("Fredgag", DAYS, "fredag"),
        ("mai", MONTHS, "maj"),
        ("mai", MONTHS[::-1], "may"),
        ("mras", MONTHS, "mars"),
    ],
)
def test_fewest_slips(word: str, known: tuple[str, ...], meant: str) -> None:
    """One letter more, fewer, another, or two swapped; of equals the first that is known."""
    assert nearest(word, known) == meant


@pytest.mark.parametrize("word", ["", "x", "vardag", "söndagarna", "ons", "mm"])
def test_too_far_away(word: str) -> None:
    """Two slips and another first letter are another word, and so are two in a short one."""
    assert nearest(word, (*DAYS, *MONTHS)) is None
