"""When readers may see a piece."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import Piece
from newsroom.model.filing import card_of
from tests.render.pieces import (
    ZONE,
    at,
    make_contact,
    make_issue,
    make_post,
    make_publication,
    make_site,
)

SITE = make_site()
CHANGE = datetime(2026, 10, 25, 1, tzinfo=UTC)  # the clocks of Stockholm go back an hour
MINUTES = st.integers(-120, 120)
MOMENTS = MINUTES.map(lambda minutes: (CHANGE + timedelta(minutes=minutes)).astimezone(ZONE))


def dated(moment: datetime) -> tuple[Piece, ...]:
    """A piece of each kind that is public from a moment, or until it."""
    return (
        make_post(published=moment),
        make_post(published=at("2026-04-12T10:00"), expires=moment),
        make_publication(published=moment),
        make_issue(published=moment),
        make_contact(until=moment),
    )


@given(MOMENTS, MOMENTS)
def test_a_piece_and_its_card_agree(moment: datetime, now: datetime) -> None:
    """Piece and card are public at the same times, in the hour that comes twice too."""
    for piece in dated(moment):
        assert piece.is_public(now) == card_of(piece, SITE).is_public(now.timestamp()), piece


@pytest.mark.parametrize(("first", "second"), [("02:15", "02:45"), ("02:45", "02:15")])
def test_the_hour_that_comes_twice(first: str, second: str) -> None:
    """What is dated in the second such hour is ahead in the first, whatever the clock shows."""
    published = at(f"2026-10-25T{second}").replace(fold=1)
    now = at(f"2026-10-25T{first}")

    assert not make_post(published=published).is_public(now)
    assert make_contact(until=published).is_public(now)
