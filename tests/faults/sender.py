"""A newsroom that sends, in a process of its own, so that a test can kill it.

    python sender.py DATABASE_URL FOLDER MAIL CONNECTIONS

It sends the issue `2026-var`, which the test has frozen, prints how it went, and is gone.
"""

import signal
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from newsroom.database import open_database
from newsroom.delivery.batches import Hold
from newsroom.delivery.clock import shared_clock
from newsroom.delivery.dispatch import Dispatch
from newsroom.delivery.mailer import transport_from
from newsroom.delivery.seat import take_seat
from newsroom.delivery.worker import Mailroom
from newsroom.engine import BatchEngine
from newsroom.jobs.issue_status import status_line
from newsroom.jobs.send import PostOffice, send_issue
from newsroom.model import Sending
from newsroom.model.delivery import Recipient

SENDING = Sending(pace=None, lane_pace=None, hours=None, canary=None, undo=timedelta(0))


def fill(recipient: Recipient) -> bytes:
    """One reader's message."""
    return (
        f"From: news@example.se\r\nTo: {recipient.email}\r\nSubject: Hej\r\n"
        f"Message-ID: {recipient.message_id}\r\n\r\nHej!\r\n"
    ).encode()


def no_suppression(_connection: Connection, _email: str, _now: datetime) -> None:
    """Nobody is refused here."""


def main(url: str, folder: Path, mail: str, connections: int) -> None:
    """Sit down, send, say how it went."""
    database, stop = open_database(url), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    clock = shared_clock(database, lambda: datetime.now(UTC))
    sending, zone = replace(SENDING, connections=connections), ZoneInfo("Europe/Stockholm")
    with take_seat(folder) as seat:
        mailroom = Mailroom(
            database=database,
            transports=lambda: transport_from(mail),
            letters=lambda _issue: fill,
            hashes=lambda email: (email,),
            suppress=no_suppression,
            sender="bounces@example.se",
            sending=sending,
            zone=zone,
            worker=seat,
            clock=clock,
            stop=stop,
        )
        engine = BatchEngine(url, seat, connections, mailroom.run_batch)

        def enqueue(hold: Hold) -> None:
            engine.enqueue_batch(hold.issue, hold.number, hold.attempt)

        dispatch = Dispatch(
            database=database,
            sending=sending,
            zone=zone,
            worker=seat,
            resend_unknown=transport_from(mail).idempotent,
            publish=lambda name: (folder / f"{name}.published").touch(),
            enqueue=enqueue,
        )
        office = PostOffice(database, dispatch, engine, clock, stop)
        sent = send_issue(office, "2026-var", lambda _: None)
    print(status_line(sent.counts), sent.waits_for)  # noqa: T201 (its result, for the test)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
