"""Where a piece stands with its readers."""

from math import inf

import pytest

from newsroom.model.publicity import Span, Standing, standing
from tests.render.pieces import at


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (9, Standing.WAITING),
        (10, Standing.PUBLIC),
        (19, Standing.PUBLIC),
        (20, Standing.EXPIRED),
    ],
)
def test_a_piece_has_its_time(now: float, expected: Standing) -> None:
    """It waits until its time, which it has from the first moment and no longer at the last."""
    assert standing(draft=False, withdrawn=False, since=10, until=20, now=now) is expected


@pytest.mark.parametrize("now", [9, 10, 20])
def test_a_draft_is_that_at_any_time(now: float) -> None:
    """A draft stands nowhere else, whatever its times, and if it was withdrawn before."""
    for withdrawn in (False, True):
        found = standing(draft=True, withdrawn=withdrawn, since=10, until=20, now=now)

        assert found is Standing.DRAFT


@pytest.mark.parametrize("now", [9, 10, 20])
def test_what_was_taken_back_has_no_time(now: float) -> None:
    """What was withdrawn neither waits nor expires."""
    assert standing(draft=False, withdrawn=True, since=10, until=20, now=now) is Standing.WITHDRAWN


def test_who_has_readers() -> None:
    """Readers see what is public, and will see what waits; the rest needs somebody's hand."""
    assert [each for each in Standing if each.has_readers] == [Standing.WAITING, Standing.PUBLIC]


def test_a_span_without_ends() -> None:
    """A piece without times is there always."""
    assert Span().seconds() == (-inf, inf)
    assert Span(at("1970-01-01T01:00"), at("1970-01-01T01:01")).seconds() == (0, 60)
