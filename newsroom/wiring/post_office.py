"""What sends issues, joined: the ledger, the engine, the workers, and the way out."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.wiring.newsletter import put_on_the_web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from newsroom.delivery.ledger.report import Plan
    from newsroom.delivery.sending.marks import SendingMarks
    from newsroom.delivery.sending.worker import Mailroom
    from newsroom.jobs.issue.send import PostOffice
    from newsroom.wiring.desk import Desk


@contextmanager
def at_office(desk: Desk, stop: threading.Event | None = None) -> Iterator[PostOffice]:
    """Everything that sends, joined together; the seat is ours until the end of the context.

    `stop` is the wish to stop; its waits are what workers sleep by.
    """
    from newsroom.delivery.sending.dispatch import Dispatch
    from newsroom.delivery.sending.seat import take_seat
    from newsroom.engine import BatchEngine
    from newsroom.jobs.issue.send import PostOffice
    from newsroom.schedule import latest_send

    site, stop = desk.site, stop or threading.Event()
    with take_seat(desk.settings.var / "seats") as seat:
        mailroom = _mailroom(desk, seat, stop)
        engine = BatchEngine(
            desk.settings.database,
            seat,
            site.sending.connections,
            site.sending.in_hand,
            mailroom.run_batch,
            mailroom.keep_batch,
        )
        dispatch = Dispatch(
            database=desk.database,
            sending=site.sending,
            zone=site.timezone,
            worker=seat,
            idempotent=_delivers_nothing_twice(desk),
            publish=partial(put_on_the_web, desk),
            enqueue=lambda hold: engine.enqueue_batch(hold.issue, hold.number, hold.attempt),
            marks=sending_marks(desk),
            grace=latest_send(desk.schedule_if_any()),
        )
        yield PostOffice(desk.database, dispatch, engine, desk.shared_clock, stop)


def sending_marks(desk: Desk) -> SendingMarks:
    """What is known outside the database of the mails that left."""
    from newsroom.delivery.sending.marks import SendingMarks

    return SendingMarks(desk.settings.var / "marks")


def plan(desk: Desk) -> Plan:
    """How issues leave here, for who asks where they stand; no connection is made."""
    from newsroom.delivery.ledger.report import Plan

    def idempotent() -> bool:
        try:
            return _delivers_nothing_twice(desk)
        except NewsroomError:  # nothing can be sent as mail is set up now
            return False

    return Plan(desk.site.sending, desk.site.timezone, idempotent)


def _delivers_nothing_twice(desk: Desk) -> bool:
    with closing(desk.transport()) as transport:
        return transport.idempotent


def _mailroom(desk: Desk, seat: str, stop: threading.Event) -> Mailroom:
    from newsroom.delivery.sending.worker import Mailroom
    from newsroom.jobs.issue.stationery import Stationery
    from newsroom.readers.standing import keep_out, let_in_again
    from newsroom.readers.suppression import Reason, address_hashes

    def suppress(connection: Connection, email: str, now: datetime) -> None:
        keep_out(connection, desk.keys, email, Reason.BOUNCED, now)

    def forgive(connection: Connection, email: str, now: datetime) -> None:
        let_in_again(connection, desk.keys, email, now)

    stationery = Stationery(desk.site, desk.database, desk.keys, desk.clock)
    return Mailroom(
        database=desk.database,
        transports=desk.transport,
        letters=stationery.letters,
        envelope=stationery.envelope,
        hashes=partial(address_hashes, desk.keys),
        suppress=suppress,
        forgive=forgive,
        marks=sending_marks(desk),
        sending=desk.site.sending,
        zone=desk.site.timezone,
        worker=seat,
        clock=desk.shared_clock,
        stop=stop,
    )
