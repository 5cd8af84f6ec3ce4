"""Keeping issues moving: every few seconds, look at each and do what is due.

This is also the watchdog. It looks at the ledger's leases, never at processes: a batch that nobody
has renewed is handed out again, whatever became of whoever had it, on this machine or another.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, exists, or_, select

from newsroom.database import reading, transaction
from newsroom.database.tables import delivery, issue
from newsroom.delivery.ledger.claims import expire_claims, give_up_claims
from newsroom.delivery.ledger.settling import retry_unknown
from newsroom.delivery.pace.canary import look_at_canaries, why_stop, why_wait
from newsroom.delivery.pace.hours import next_opening, within_hours
from newsroom.delivery.sending.batches import Hold, Turn, free_batches, hand_out, in_hand
from newsroom.delivery.sending.course import count_from_now, finish, pause, put_up_with, release
from newsroom.delivery.sending.guard import stop_if_behind
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.errors import ChangedError, ContentError, NewsroomError
from newsroom.model import Sending
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import ON_ITS_WAY
from newsroom.model.saying import say

log = logging.getLogger(__name__)

_PATIENCE = timedelta(minutes=10)  # with a page that cannot be published
_WITH_TEXTS = timedelta(minutes=1)  # with what somebody writes: the file may just be being saved
_COPIES = 3  # of one mail at most, where a reader may get it twice


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One process's part in keeping issues moving; any number of processes may do it at once."""

    database: Engine
    sending: Sending
    zone: ZoneInfo
    worker: str  # the seat of this process
    idempotent: bool  # the transport delivers no message twice: what is unknown may go again
    publish: Callable[[str], None]  # puts the issue's page on the web; may run more than once
    enqueue: Callable[[Hold], None]
    marks: SendingMarks | None = None  # what is known outside the database; None: nothing
    grace: timedelta | None = None  # later than this an issue is held; None: however late

    def sit_down(self) -> int:
        """Clear up after the process that had this seat before; how many copies it left unknown.

        Call it once, before the first look and before this process claims anything.
        """
        with transaction(self.database) as connection:
            free_batches(connection, self.worker)
            return give_up_claims(connection, self.worker)

    def look(self, now: datetime) -> None:
        """Do what is due for every issue that is on its way."""
        for name in on_their_way(self.database):
            self.move(name, now)

    def is_busy(self, now: datetime) -> bool:
        """Whether this process has a batch in hand."""
        with reading(self.database) as connection:
            return in_hand(connection, self.worker, now) > 0

    def move(self, name: str, now: datetime) -> None:
        """Do what is due for one issue: settle, finish, publish, hand out batches."""
        last_left = self.marks.last(name) if self.marks else None  # before the look, or it is newer
        with transaction(self.database) as connection:
            expire_claims(connection, name, now)
            row = connection.execute(select(issue).where(issue.c.name == name)).one()
            if row.state not in ON_ITS_WAY or stop_if_behind(connection, name, last_left, now):
                return
            count_from_now(connection, row, now)
            if self.idempotent or self.sending.resend_unknown:
                most = None if self.idempotent else _COPIES
                retry_unknown(connection, name, self.sending, now, most=most)
            if finish(connection, name, now):
                return
        if not within_hours(self.sending.hours, now, self.zone):
            return
        if row.released is None and (row.send_after > now or not self._begin(row, now)):
            return
        with transaction(self.database) as connection:
            release(connection, name, now)
            holds = self._hand_out(connection, name, now)
        for hold in holds:
            self.enqueue(hold)

    def _begin(self, row: Row[Any], now: datetime) -> bool:
        """Whether the first mail may leave: not when its time is long past, nor without its page.

        The time is when it could first have left: a closed weekend makes nothing late.
        """
        since = next_opening(
            self.sending.hours, max(row.send_after, row.begun or row.send_after), self.zone
        )
        if self.grace is None or now - since <= self.grace:
            return self._publish(row.name, now)
        local = since.astimezone(self.zone)
        reason = say(
            "it was to leave on {at:%Y-%m-%d %H:%M}; is it still right? Then: {command}",
            at=local,
            command=f"newsroom issue resume {row.name}",
        )
        with transaction(self.database) as connection:
            pause(connection, row.name, reason, now)
        return False

    def _hand_out(self, connection: Connection, name: str, now: datetime) -> tuple[Hold, ...]:
        """Batches for this process, of the canaries alone until the rest may follow them."""
        canary = self.sending.canary
        canaries = look_at_canaries(connection, name, canary.seeds if canary else ())
        stop = why_stop(canaries) if canary else None
        if stop is not None:
            pause(connection, name, stop, now)
            return ()
        rest_waits = why_wait(canaries, canary, now) is not None
        return hand_out(connection, name, Turn(self.worker, self.sending.in_hand, rest_waits), now)

    def _publish(self, name: str, now: datetime) -> bool:
        """Put the issue's page on the web: a mail must not lead to one that is not there.

        What stands in the way may pass, such as somebody else's build or a file being saved. It is
        noted and tried again at each look; when it lasts the issue pauses, and people are told.
        """
        try:
            self.publish(name)
        except NewsroomError as error:
            reason = say("its page could not be published: {error}", error=error.sentence)
            is_text = isinstance(error, ChangedError | ContentError)
            patience = _WITH_TEXTS if is_text else _PATIENCE
            with transaction(self.database) as connection:
                if put_up_with(connection, name, reason, patience, now):
                    log.warning(say("{issue} waits: {reason}", issue=name, reason=reason))
            return False
        return True


def on_their_way(database: Engine) -> tuple[str, ...]:
    """Issues that are being sent, and any that a dead sender left something open in."""
    claimed = exists().where(
        delivery.c.issue == issue.c.name, delivery.c.state == DeliveryState.CLAIMED
    )
    names = select(issue.c.name).where(or_(issue.c.state.in_(ON_ITS_WAY), claimed))
    with reading(database) as connection:
        return tuple(connection.scalars(names.order_by(issue.c.frozen_at, issue.c.name)))
