"""Leases: for how long something is in the hands of one who may die without a word.

Each room has its own length, and all go by the same rule. Some rows say until when they are
somebody's, others since when; whoever is at work longer than that must keep what they have.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a claim holds unless its holder renews it.

    Clocks of two machines may be some minutes apart. One that ends much later than any lease can
    was written by a clock that was wrong, and holds nothing.
    """

    length: timedelta

    def until(self, now: datetime) -> datetime:
        """When a lease ends that begins now; at that moment it holds no longer."""
        return now + self.length

    def taken_before(self, now: datetime) -> datetime:
        """The time at or before which a claim was made that has run out by now."""
        return now - self.length

    def holds(self, until: datetime | None, now: datetime) -> bool:
        """Whether a claim that ends at `until` still holds."""
        return until is not None and now < until <= self._latest(now)

    def is_free(self, until: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
        """The condition that a row is claimed by nobody; the column says until when it was."""
        return or_(until.is_(None), until <= now, until > self._latest(now))

    @property
    def renew_every(self) -> timedelta:
        """How often one is renewed, so that a slow database or two do not end it."""
        return self.length / 4

    def _latest(self, now: datetime) -> datetime:
        return now + 2 * self.length
