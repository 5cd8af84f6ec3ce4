import pytest

from newsroom.content.front.lookalikes import Lookalikes

NAMES = [
    f"2026-{month:02}-{day:02}-mote-{day * month}.md"
    for month in range(1, 13)
    for day in range(1, 28)
]


@pytest.mark.parametrize(
    "slip",
    [
        "2026-04-12-mote-48",
        "2026-04-12-möte-48.md",
        "2026-04-12-mte-48.md",
        "026-04-12-mote-48.md",
        "2026-04-12-mote-48.pdf",
        "2026-04-12-mote-48.md",
    ],
)
def test_a_slip_in_one_place_is_found_out(slip: str) -> None:
    """Whether at the beginning, in the middle or at the end, the name is among the few."""
    found = Lookalikes(NAMES).of(slip)

    assert "2026-04-12-mote-48.md" in found
    assert len(found) <= 12


def test_a_few_names_are_all_alike() -> None:
    """Where there are few, none is left out."""
    assert set(Lookalikes(["a", "b", "c"]).of("x")) == {"a", "b", "c"}


def test_there_may_be_none() -> None:
    """Of nothing, nothing is like a name."""
    assert Lookalikes([]).of("x") == ()
