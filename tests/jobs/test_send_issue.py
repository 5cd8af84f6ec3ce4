"""Sending an issue, with the real engine and a folder for the mails."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, delete, update

from newsroom.database import transaction
from newsroom.database.tables import delivery
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.delivery.approval.thaw import postpone, take_back
from newsroom.delivery.ledger.freeze import Edition
from newsroom.delivery.sending.batches import Hold
from newsroom.delivery.sending.course import pause, resume
from newsroom.delivery.sending.dispatch import Dispatch
from newsroom.delivery.sending.worker import Mailroom
from newsroom.delivery.transports.folder import FolderTransport
from newsroom.engine import BatchEngine
from newsroom.errors import StateError
from newsroom.jobs.issue.freezing import freeze_issue
from newsroom.jobs.issue.issue_status import issue_status, status_json, status_line
from newsroom.jobs.issue.send import PostOffice, Sent, send_issue
from newsroom.jobs.issue.steer import cancel_issue, pause_issue, resolve_issue, resume_issue
from newsroom.model import Hours, Sending
from newsroom.model.delivery import Counts, Envelope
from tests.delivery.fakes import Suppressed, a_message
from tests.delivery.sample_ledger import AT_ONCE, NOW, add_readers, addresses, an_edition, keep_yes

READERS = 30


@dataclass(slots=True)
class Office:
    """Everything that sends, and what it did."""

    database: Engine
    outgoing: Path
    now: datetime = NOW
    published: list[str] = field(default_factory=list)
    progress: list[Counts] = field(default_factory=list)
    sending: Sending = AT_ONCE

    def opened(self) -> PostOffice:
        """One that has not begun."""
        stop = threading.Event()
        zone = ZoneInfo("Europe/Stockholm")
        mailroom = Mailroom(
            database=self.database,
            transports=lambda: FolderTransport(self.outgoing),
            letters=lambda _issue: a_message,
            hashes=lambda email: (email,),
            suppress=Suppressed(),
            forgive=Suppressed(),
            envelope=lambda recipient: Envelope("studs@example.se", recipient.email),
            sending=self.sending,
            zone=zone,
            worker="host-0",
            clock=lambda: self.now,
            stop=stop,
        )
        url = self.database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        engine = BatchEngine(url, "host-0", 1, 2, mailroom.run_batch, mailroom.keep_batch)

        def enqueue(hold: Hold) -> None:
            engine.enqueue_batch(hold.issue, hold.number, hold.attempt)

        dispatch = Dispatch(
            database=self.database,
            sending=self.sending,
            zone=zone,
            worker="host-0",
            idempotent=False,
            publish=self.published.append,
            enqueue=enqueue,
        )
        return PostOffice(self.database, dispatch, engine, lambda: self.now, stop)

    def send(self) -> Sent:
        """What `issue send` does."""
        self.freeze()
        return send_issue(self.opened(), "2026-var", self.progress.append)

    def freeze(self, content_hash: str = "h") -> bool:
        """Freeze the issue, with the text that was approved or another."""
        edition = partial(an_edition, content_hash=content_hash)
        return freeze_issue(self.database, "2026-var", edition, self.sending, lambda: self.now)

    def mails(self) -> int:
        """How many mails are in the folder."""
        return len(list(self.outgoing.glob("*.eml")))


def an_office(database: Engine, folder: Path) -> Office:
    """An approved issue for thirty readers."""
    with database.begin() as connection:
        add_readers(connection, addresses(READERS))
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    return Office(database, folder / "outgoing")


def decide(office: Office, what: Callable[[Connection], object]) -> None:
    """Somebody decides something of the issue."""
    with transaction(office.database) as connection:
        what(connection)


def freeze_while(
    office: Office, what: Callable[[Connection], object], day: datetime | None = None
) -> None:
    """The issue is made ready, and meanwhile somebody decides something of it."""
    freeze_issue(
        office.database,
        "2026-var",
        an_edition,
        office.sending,
        lambda: NOW,
        day=day,
        fit=lambda: decide(office, what),
    )


@pytest.fixture
def office(database: Engine, tmp_path: Path) -> Office:
    """An office on SQLite."""
    return an_office(database, tmp_path)


def test_issue_is_sent_and_done(either_database: Engine, tmp_path: Path) -> None:
    """An approved issue reaches everybody, with progress on the way, on both databases."""
    office = an_office(either_database, tmp_path)

    sent = office.send()

    assert sent.done
    assert (sent.counts.state, sent.counts.accepted) == ("done", READERS)
    assert office.published == ["2026-var"]
    assert office.progress[-1] == sent.counts
    assert office.mails() == READERS


class Rests(threading.Event):
    """A wish to stop that nobody has, and how many seconds each wait for it was to last."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        """Wait, but not for long."""
        self.taken.append(timeout or 0.0)
        return super().wait(0.02)


def test_site_that_took_long_delays_no_later_look(office: Office) -> None:
    """After the look that built the site the next is soon: a short issue may be over by then."""
    office.freeze()
    opened, rests = office.opened(), Rests()
    dispatch = replace(opened.dispatch, publish=lambda _name: sleep(0.1))

    sent = send_issue(
        replace(opened, dispatch=dispatch, stop=rests), "2026-var", office.progress.append
    )

    assert sent.done
    assert rests.taken[0] <= 0.5  # seconds; after a quick look it is half of that


def test_sent_again_changes_nothing(office: Office) -> None:
    """Sending a second time writes to nobody, also when readers have come or the text changed."""
    office.send()
    with office.database.begin() as connection:
        add_readers(connection, ["late@a.example"])

    frozen = office.freeze(content_hash="another text")
    sent = send_issue(office.opened(), "2026-var", office.progress.append)

    assert not frozen
    assert sent.done
    assert office.mails() == READERS


def test_changed_text_is_not_sent(office: Office) -> None:
    """A text that is not the approved one is not frozen."""
    with pytest.raises(StateError, match="changed after anna approved it"):
        office.freeze(content_hash="another text")
    with pytest.raises(StateError, match="changed after anna approved it"):
        office.freeze(content_hash="another text")

    assert issue_status(office.database, "2026-var", NOW).state == "drafted"


def test_the_undo_window_is_a_whole_one(office: Office) -> None:
    """The time to change one's mind begins when the issue is frozen, not when it was made up."""

    def compose() -> Edition:
        office.now += timedelta(minutes=3)
        return an_edition()

    sending = replace(office.sending, undo=timedelta(minutes=15))
    freeze_issue(office.database, "2026-var", compose, sending, lambda: office.now)

    tally = issue_status(office.database, "2026-var", office.now)
    assert tally.send_after == NOW + timedelta(minutes=18)


@pytest.mark.parametrize("day", [None, NOW])
def test_a_day_that_is_set_while_it_is_made_ready_holds(
    office: Office, day: datetime | None
) -> None:
    """Making it up, the rehearsal and the doctor take their time: "next week" is no lie in it."""
    if day:
        decide(office, lambda connection: postpone(connection, "2026-var", day, NOW))
    later = NOW + timedelta(days=7)

    with pytest.raises(StateError, match="another day was set for it"):
        freeze_while(office, lambda each: postpone(each, "2026-var", later, NOW), day)

    assert issue_status(office.database, "2026-var", NOW).state == "approved"


def test_a_yes_that_is_taken_back_while_it_is_made_ready_holds(office: Office) -> None:
    """It is not taken for an issue that was frozen before: what it needs is said."""
    with pytest.raises(StateError, match="is drafted and cannot be sent; get it approved first"):
        freeze_while(office, lambda each: take_back(each, "2026-var", NOW))


def test_another_text_that_is_approved_while_it_is_made_ready(office: Office) -> None:
    """The one that was made up is sent to nobody."""
    given = Approval("2026-var", "another", "anna", NOW)

    with pytest.raises(StateError, match="another text of it was approved"):
        freeze_while(office, lambda each: keep_approval(each, given))


def test_who_is_second_finds_it_frozen(office: Office) -> None:
    """Two processes make the same issue ready; one freezes it, and for the other that is well."""
    assert not freeze_issue(
        office.database, "2026-var", an_edition, office.sending, lambda: NOW, fit=office.freeze
    )


def test_frozen_issue_does_not_need_its_file(office: Office) -> None:
    """What is frozen is sent, whatever became of the file it was made from."""

    def gone() -> Edition:
        raise StateError("2026-var: there is no readable posts/newsletters/2026-var.md")

    with pytest.raises(StateError, match="no readable"):
        freeze_issue(office.database, "2026-var", gone, office.sending, lambda: NOW)
    office.freeze()

    assert not freeze_issue(office.database, "2026-var", gone, office.sending, lambda: NOW)


def test_nothing_frozen_nothing_sent(office: Office) -> None:
    """An issue that was not frozen is not sent."""
    with pytest.raises(StateError, match="is approved and has not been frozen"):
        send_issue(office.opened(), "2026-var", office.progress.append)


def test_paused_issue_waits_for_a_person(office: Office) -> None:
    """A paused issue is left, with its reason, and goes on when it is resumed."""
    office.freeze()
    with office.database.begin() as connection:
        pause(connection, "2026-var", "the relay is full", NOW)

    paused = send_issue(office.opened(), "2026-var", office.progress.append)
    with office.database.begin() as connection:
        resume(connection, "2026-var", NOW)
    resumed = send_issue(office.opened(), "2026-var", office.progress.append)

    assert paused.waits_for == "paused: the relay is full"
    assert resumed.done


def test_paused_issue_is_not_sent_anew(office: Office) -> None:
    """A paused issue is resumed, not sent."""
    office.freeze()
    pause_issue(office.database, "2026-var", "wait", NOW)

    with pytest.raises(StateError, match="newsroom issue resume 2026-var"):
        office.freeze()


def test_outside_its_hours(office: Office) -> None:
    """Outside the hours the command says when it goes on."""
    office.sending = replace(AT_ONCE, hours=Hours(frozenset({0}), time(8), time(16)))

    sent = office.send()

    assert sent.waits_for == "outside its hours until 2026-06-08 08:00"
    assert office.mails() == 0
    assert office.published == []


def test_unknown_waits_for_a_person(office: Office) -> None:
    """An issue with unknown copies is not done; the way on is named, and then it is."""
    opened = office.opened()
    office.freeze()
    with office.database.begin() as connection:
        last = delivery.c.email == addresses(READERS)[-1]
        connection.execute(
            update(delivery).where(last).values(state="claimed", worker="host-0", token="t")
        )

    held = send_issue(opened, "2026-var", office.progress.append)
    resolve_issue(office.database, "2026-var", addresses(READERS)[-1:], arrived=False, now=NOW)
    settled = send_issue(office.opened(), "2026-var", office.progress.append)

    assert held.waits_for == "1 unknown; settle them: newsroom issue resolve 2026-var"
    assert held.counts.unknown_recipients == (addresses(READERS)[-1],)
    assert settled.done
    assert office.mails() == READERS


def test_stopped_from_outside(office: Office) -> None:
    """Asked to stop, the command leaves and says that the letter is not stopped, and how it is."""
    opened = office.opened()
    office.freeze()
    opened.stop.set()

    sent = send_issue(opened, "2026-var", office.progress.append)

    assert sent.waits_for == (
        "the command was broken off, the letter is not stopped: newsroom run sends it. "
        "Stop it with: newsroom issue undo 2026-var --by …, or go on with: newsroom issue send "
        "2026-var"
    )


def test_status_in_numbers(database: Engine, tmp_path: Path) -> None:
    """The status adds up, as one line and as JSON."""
    with database.begin() as connection:
        add_readers(connection, addresses(3))
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    office = Office(database, tmp_path)
    office.freeze()

    status = issue_status(database, "2026-var", NOW)
    pause_issue(database, "2026-var", "wait", NOW)
    called_off = cancel_issue(database, "2026-var", "wrong", NOW)
    after = issue_status(database, "2026-var", NOW)

    assert status_line(status) == "2026-var: frozen; 3 frozen: 3 pending"
    assert status_json(status) == {
        "issue": "2026-var",
        "state": "frozen",
        "frozen": 3,
        "pending": 3,
        "claimed": 0,
        "deferred": 0,
        "accepted": 0,
        "refused": 0,
        "excluded": 0,
        "unknown": 0,
        "cancelled": 0,
        "unknown_recipients": [],
        "lanes": [{"lane": "kommun.example", "state": "open", "reason": None}],
        "note": None,
        "next_at": None,
        "send_after": datetime(2026, 6, 2, 7, tzinfo=UTC),
        "deadline": datetime(2026, 6, 4, 7, tzinfo=UTC),
        "bounced": 0,
        "causes": {},
        "complained": 0,
        "waits_for": None,
        "oldest_pending": NOW,
        "rate": 0,
        "eta": None,
        "unreached": [],
        "answers": [],
        "without_doctor": None,
        "silent_since": None,
        "silent": None,
    }
    assert called_off == 3
    assert status_line(after) == "2026-var: cancelled (wrong); 3 frozen: 3 cancelled"


def test_ledger_that_does_not_add_up(office: Office) -> None:
    """A recipient that is in no state any more is told, not passed over."""
    office.freeze()
    with office.database.begin() as connection:
        connection.execute(delete(delivery).where(delivery.c.email == addresses(1)[0]))

    line = status_line(issue_status(office.database, "2026-var", NOW))

    assert "30 frozen: 29 pending; " in line
    assert line.endswith("they do not add up, so the ledger is damaged")


def test_status_waits_for_nobody(office: Office) -> None:
    """Where an issue stands can be asked while somebody else writes to the ledger."""
    office.freeze()

    with transaction(office.database):
        assert issue_status(office.database, "2026-var", NOW).pending == READERS


def test_steering_what_is_not_there(database: Engine) -> None:
    """Pausing or resuming an issue that is not under way says so."""
    with pytest.raises(StateError, match="2026-var: no such issue"):
        pause_issue(database, "2026-var", "wait", NOW)
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    with pytest.raises(StateError, match="2026-var is approved"):
        pause_issue(database, "2026-var", "wait", NOW)
    with pytest.raises(StateError, match="2026-var is approved"):
        resume_issue(database, "2026-var", datetime.now(UTC) + timedelta(days=1))
