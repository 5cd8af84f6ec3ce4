"""Leases: one rule of what is in somebody's hands, in Python and in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select

from newsroom.database import reading, transaction
from newsroom.database.lease import Lease
from newsroom.database.tables import link_round

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = Lease(timedelta(minutes=10))
SECOND = timedelta(seconds=1)

HELD = {
    "that begins now": LEASE.until(NOW),
    "about to end": NOW + SECOND,
    "of a machine that is some minutes ahead": NOW + 2 * LEASE.length,
}
FREE = {
    "that nobody has": None,
    "that ends now": NOW,
    "that has ended": NOW - SECOND,
    "written by a clock that was wrong": NOW + 2 * LEASE.length + SECOND,
}


@pytest.mark.parametrize("until", HELD.values(), ids=HELD.keys())
def test_a_lease_holds_until_it_ends(until: datetime, either_database: Engine) -> None:
    """What somebody has is theirs until their lease ends, as Python and as the database see it."""
    assert LEASE.holds(until, NOW)
    assert not _is_free(either_database, until)


@pytest.mark.parametrize("until", FREE.values(), ids=FREE.keys())
def test_what_nobody_holds_is_free(until: datetime | None, either_database: Engine) -> None:
    """No lease, one that is over, and one further off than any can be hold nothing."""
    assert not LEASE.holds(until, NOW)
    assert _is_free(either_database, until)


def test_what_was_taken_a_lease_ago_is_nobodys() -> None:
    """Rows that say since when agree with those that say until when."""
    assert LEASE.until(LEASE.taken_before(NOW)) == NOW


def test_a_lease_is_renewed_well_before_it_ends() -> None:
    """A renewal or two may fail before a lease is lost."""
    assert 3 * LEASE.renew_every < LEASE.length


def _is_free(database: Engine, until: datetime | None) -> bool:
    with transaction(database) as connection:
        row = insert(link_round).values(number=1, begun=NOW, holder="one", lease_until=until)
        connection.execute(row)
    free = select(link_round.c.number).where(LEASE.is_free(link_round.c.lease_until, NOW))
    with reading(database) as connection:
        return connection.scalar(free) is not None
