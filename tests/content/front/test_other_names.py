"""Names that people give fields and values."""

import pytest

from newsroom.content.front.other_names import (
    belongs_inside,
    is_field_name,
    meant_by_name,
    meant_by_value,
)

CONTACT = ("name", "role", "email", "phone", "until")
EVENT = ("start", "end", "title", "place", "registration")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("rubrik", EVENT, "title"),
        ("Rubrik", CONTACT, "name"),
        ("E-post", CONTACT, "email"),
        ("sista anmälningsdag", ("cost", "deadline"), "deadline"),
        ("slut", EVENT, "end"),
        ("slut", CONTACT, "until"),
        ("featured_image", ("image",), "image"),
        ("rubrik", ("image",), None),
        ("rubriker", EVENT, None),
        ("", EVENT, None),
    ],
)
def test_another_name_means_a_field_that_the_piece_has(
    written: str, known: tuple[str, ...], meant: str | None
) -> None:
    """In Swedish, and as other programs have it; which one depends on the kind of piece."""
    assert meant_by_name(written, known) == meant


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("deadline", ("registration", "deadline")),
        ("sista anmälningsdag", ("registration", "deadline")),
        ("adress", ("place", "address")),
        ("alt", None),
        ("xyz", None),
    ],
)
def test_a_field_that_stands_inside_another(written: str, place: tuple[str, str] | None) -> None:
    """Written beside it, it is led there; not in a piece that has no such field."""
    assert belongs_inside(written, EVENT) == place


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("inställt", "cancelled"),
        ("Inställd", "cancelled"),
        ("ställs in", "cancelled"),
        ("uppskjutet", "postponed"),
        ("flyttad", "moved"),
        ("borta", None),
    ],
)
def test_a_value_in_swedish_means_one_of_the_words(written: str, meant: str | None) -> None:
    """An event that is called off in an editor's own words."""
    assert meant_by_value(written, ["planned", "cancelled", "postponed", "moved"]) == meant


def test_every_field_of_an_event_is_a_known_name() -> None:
    """A word that a text goes on with is told from the name of a field without its colon."""
    fields = ("title", "start", "previously", "postal_address", "every", "sista_dag")

    assert all(map(is_field_name, fields))
    assert not is_field_name("Lund")
