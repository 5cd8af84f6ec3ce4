"""The rate limit of system mail (confirmations, links, reviews); it waits for no issue.

It has a limit of its own, so that a flood of sign-ups cannot use up what a mail account may send.
What it sends counts against the sender's limit too: an issue under way makes room for it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, select, update

from newsroom.database import transaction
from newsroom.database.tables import rate
from newsroom.delivery.pace.lanes import SENDER, SLACK, SYSTEM, add_row, no_later_than
from newsroom.delivery.sending.clock import Clock
from newsroom.errors import DeliveryError
from newsroom.model.saying import say
from newsroom.model.sending import Pace, Sending

_PATIENCE = timedelta(seconds=30)  # with a confirmation that waits to be handed over
_TOO_FAR = 2  # windows ahead: a clock was wrong, and nobody waits for that


@dataclass(frozen=True, slots=True)
class SystemTurn:
    """Asks for a turn before each system mail, for all processes together."""

    database: Engine
    sending: Sending
    clock: Clock
    wait: Callable[[float], object] = time.sleep  # so many seconds

    def __call__(self) -> None:
        """Return when a mail may leave.

        Raises DeliveryError when that is too long to wait for: too many are on their way.
        """
        left = _PATIENCE
        while (wait := self._ask()) > timedelta(0):
            if wait > left:
                raise DeliveryError(
                    say("too many mails of this kind at once; try again in a minute")
                )
            left -= wait
            self.wait(wait.total_seconds())

    def _ask(self) -> timedelta:
        """Take a turn; or how long until there may be one."""
        now = self.clock()
        with transaction(self.database) as connection:
            wait = _take(connection, self.sending.system_pace, now)
            if wait <= timedelta(0) and self.sending.sender_pace is not None:
                _push(connection, SENDER, self.sending.sender_pace, now)
        return wait


def _take(connection: Connection, pace: Pace | None, now: datetime) -> timedelta:
    """Take a turn of the limit's: half of it may come at once, the other half is spread.

    So no window ever holds more than the limit says.
    """
    if pace is None:
        return timedelta(0)
    at_once = max(1, pace.count // 2)
    spacing = pace.per * SLACK / max(1, pace.count - at_once)
    free_from = _free_from(connection, SYSTEM)
    if free_from > now + pace.per * _TOO_FAR:
        free_from = now
    wait = free_from - now - spacing * (at_once - 1)
    if wait <= timedelta(0):
        _set(connection, SYSTEM, max(free_from, now) + spacing)
    return wait


def _push(connection: Connection, key: str, pace: Pace, now: datetime) -> None:
    """Move a row on by one mail, whether or not there was room."""
    free_from = _free_from(connection, key)
    if free_from > no_later_than(key, pace, now):
        free_from = now
    _set(connection, key, max(free_from, now) + pace.per * SLACK / pace.count)


def _free_from(connection: Connection, key: str) -> datetime:
    """From when a row has room, held until the transaction ends."""
    add_row(connection, key)
    row = select(rate.c.tat).where(rate.c.key == key).with_for_update()
    return datetime.fromtimestamp(connection.execute(row).scalar_one(), UTC)


def _set(connection: Connection, key: str, free_from: datetime) -> None:
    connection.execute(update(rate).where(rate.c.key == key).values(tat=free_from.timestamp()))
