"""A newsroom that sends, in a process of its own, so that a test can kill it.

    python sender.py DATABASE_URL SEATS MAIL CONNECTIONS

It sends the issue `2026-var`, which the test has frozen, prints how it went, and is gone. Faults
that cannot be had from outside the process are asked for in its environment: see `faults`.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from newsroom.database import open_database
from newsroom.delivery.mailer import transport_from
from newsroom.delivery.sending.batches import Hold
from newsroom.delivery.sending.clock import shared_clock
from newsroom.delivery.sending.dispatch import Dispatch
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.delivery.sending.seat import take_seat
from newsroom.delivery.sending.worker import Mailroom
from newsroom.engine import BatchEngine
from newsroom.jobs.issue.issue_status import status_line
from newsroom.jobs.issue.send import PostOffice, send_issue
from newsroom.model import Canary, Pace, Sending
from newsroom.model.delivery import Envelope, Recipient
from tests.faults.faults import DoomedTransport, Fate, ahead_of_time, fate_from, strained

SENDING = Sending(
    pace=None,
    lane_pace=None,
    hours=None,
    canary=None,
    undo=timedelta(0),
    retry=(timedelta(seconds=1),),
)
# As a newsletter is sent, only faster: a few go first, and there is a limit for all and for a host.
CAREFUL = replace(
    SENDING,
    pace=Pace(200, timedelta(seconds=1)),
    lane_pace=Pace(100, timedelta(seconds=1)),
    canary=Canary(10, timedelta(0)),
)


def fill(recipient: Recipient) -> bytes:
    """One reader's message."""
    return (
        f"From: news@example.se\r\nTo: {recipient.email}\r\nSubject: Hej\r\n"
        f"Message-ID: {recipient.message_id}\r\n\r\nHej!\r\n"
    ).encode()


def no_suppression(_connection: Connection, _email: str, _now: datetime) -> None:
    """Nobody is refused here."""


def main(url: str, seats: Path, mail: str, connections: int) -> None:
    """Sit down, send, say how it went."""
    fate, stop = fate_from(os.environ), threading.Event()
    database = strained(open_database(url), os.environ, fate)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with take_seat(seats) as seat:
        patience = float(os.environ.get("PATIENCE", "60"))
        office = post_office(
            database, seat, seats.parent / "marks", mail, connections, stop, fate, patience
        )
        _wait_at_the_gate(os.environ)
        sent = send_issue(office, "2026-var", lambda _: None)
    print(status_line(sent.counts), sent.waits_for)  # noqa: T201 (its result, for the test)


def _wait_at_the_gate(environ: Mapping[str, str]) -> None:
    """Say that we are ready, and begin when the file GATE is there; at once when none is named."""
    if gate := environ.get("GATE"):
        print("ready", flush=True)  # noqa: T201 (for the test that opens the gate)
        while not Path(gate).exists():
            time.sleep(0.005)


def post_office(
    database: Engine,
    seat: str,
    marked: Path,
    mail: str,
    connections: int,
    stop: threading.Event,
    fate: Fate,
    patience: float,
) -> PostOffice:
    """Everything that sends, as the desk joins it, with our few words as the letter."""
    shared, ahead = shared_clock(database, lambda: datetime.now(UTC)), ahead_of_time(os.environ)

    def clock() -> datetime:
        return shared() + ahead

    marks = SendingMarks(marked)
    terms = CAREFUL if "CAREFUL" in os.environ else SENDING
    sending, zone = replace(terms, connections=connections), ZoneInfo("Europe/Stockholm")
    mailroom = Mailroom(
        database=database,
        transports=lambda: DoomedTransport(transport_from(mail), fate),
        letters=lambda _issue: fill,
        hashes=lambda email: (email,),
        suppress=no_suppression,
        forgive=no_suppression,
        envelope=lambda recipient: Envelope("bounces@example.se", recipient.email),
        sending=sending,
        zone=zone,
        worker=seat,
        marks=marks,
        clock=clock,
        stop=stop,
        patience=patience,
    )
    engine = BatchEngine(
        database.url.render_as_string(hide_password=False).replace("+psycopg", ""),
        seat,
        connections,
        sending.in_hand,
        mailroom.run_batch,
        mailroom.keep_batch,
    )

    def enqueue(hold: Hold) -> None:
        engine.enqueue_batch(hold.issue, hold.number, hold.attempt)

    dispatch = Dispatch(
        database=database,
        sending=sending,
        zone=zone,
        worker=seat,
        idempotent=transport_from(mail).idempotent,
        publish=lambda _name: None,
        enqueue=enqueue,
        marks=marks,
        grace=timedelta(hours=6),
    )
    return PostOffice(database, dispatch, engine, clock, stop, patience)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
