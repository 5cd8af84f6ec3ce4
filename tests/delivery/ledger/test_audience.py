"""For whom an issue is."""

import pytest
from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.delivery.ledger.audience import readers_of
from newsroom.model import Audience
from tests.delivery.sample_ledger import add_readers


def reached(database: Engine, audience: Audience) -> list[str]:
    """Their addresses."""
    with reading(database) as connection:
        return [reader.email for reader in readers_of(connection, audience)]


@pytest.mark.parametrize("state", ["pending", "unsubscribed", "suppressed"])
def test_only_active_readers_count(database: Engine, state: str) -> None:
    """Those who have not confirmed, have left or are suppressed are nobody to send to."""
    with database.begin() as connection:
        add_readers(connection, ["asa@example.se"], state=state)

    assert reached(database, Audience()) == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience(), 1),
        (Audience("sv"), 1),
        (Audience("en"), 0),
        (Audience(None, ("kust", "stad")), 1),
        (Audience(None, ("kust",)), 0),
        (Audience("en", ("stad",)), 0),
    ],
)
def test_the_audience_decides(database: Engine, audience: Audience, readers: int) -> None:
    """A reader counts whose language and whose topics are the issue's."""
    with database.begin() as connection:
        add_readers(connection, ["asa@example.se"], tags=["stad", "land"])

    assert len(reached(database, audience)) == readers
