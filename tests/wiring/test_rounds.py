"""Rounds: what the bot does each minute, and cron, and the sign that they leave."""

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import pytest
from sqlalchemy import select, text

from newsroom.database import reading, transaction
from newsroom.database.tables import delivery, job_run
from newsroom.errors import OutsideError
from newsroom.jobs.running.heartbeat import last_look
from newsroom.jobs.running.rota import Done
from newsroom.model import Slot
from newsroom.model.memo import Memo
from newsroom.readers.departed import DepartedLine, DepartedRegister, DepartedWord
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.memos import leave_memo
from newsroom.wiring.rota import make_rota
from newsroom.wiring.rounds import Rounds
from tests.newsrooms import put, write_newsroom
from tests.review_room import HOST, NAME, SLOT, make_room

DRAFT_DAY = datetime(2026, 11, 10, 8, tzinfo=UTC)  # 09.00 in Stockholm
MINUTE = timedelta(minutes=1)


@dataclass
class Clock:
    """A clock that is set by hand."""

    time: datetime = DRAFT_DAY - 10 * MINUTE

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.time


@dataclass
class Overlapping(Clock):
    """A clock that has something else done, once, before it says the time."""

    meanwhile: Callable[[], object] | None = None

    def __call__(self) -> datetime:
        """The time, which may have gone on."""
        task, self.meanwhile = self.meanwhile, None
        if task:
            task()
        return self.time


def ignore(_done: Done) -> None:
    """Nobody is told."""


def rooms_work(root: Path, *, anew: bool) -> tuple[object, ...]:
    """What a newsroom is after some rounds: by one process, or each by a new one, as from cron."""
    clock = Clock()
    settings = Settings.from_env(write_newsroom(root), {"NEWSROOM_SECRET": "s" * 32})
    desk = Desk(settings, clock)
    rounds = Rounds(desk)
    for minutes in (0, 9, 10, 11, 400):
        clock.time = DRAFT_DAY + (minutes - 10) * MINUTE
        if anew:
            desk.close()
            desk = Desk(settings, clock)
            rounds = Rounds(desk)
        rounds.go(clock.time, ignore)
    with reading(desk.database) as connection:
        rows = connection.execute(
            select(job_run.c.job, job_run.c.due, job_run.c.state, job_run.c.attempt).order_by(
                job_run.c.job, job_run.c.due
            )
        ).all()
    desk.close()
    drafts = [path.name for path in (root / "posts/newsletters").iterdir()]
    return tuple(rows), files(root / "public"), sorted(drafts), told(root)


def files(folder: Path) -> list[tuple[str, str]]:
    """Every file of a folder, and a digest of what is in it."""
    return sorted(
        (str(path.relative_to(folder)), sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    )


def told(root: Path) -> list[str]:
    """The subjects of the mails that have left."""
    mails = (path.read_text() for path in (root / "var/outgoing").glob("*.eml"))
    return sorted(line for mail in mails for line in mail.splitlines() if line[:8] == "Subject:")


def test_cron_and_the_bot_leave_the_same(tmp_path: Path) -> None:
    """Looking from cron does what the process does that stays.

    The ledger, the site, the draft and the mails are the same.
    """
    stays, cron = rooms_work(tmp_path / "a", anew=False), rooms_work(tmp_path / "b", anew=True)

    assert stays == cron
    assert stays[2] == ["2026-host.md", "2026-var.md"]
    assert len(told(tmp_path / "a")) == 1


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk in the small newsroom, whose clock is set by hand."""
    return Desk(Settings.from_env(write_newsroom(tmp_path), {}), Clock())


def heartbeat(desk: Desk) -> dict[str, object]:
    """What the file says."""
    found: dict[str, object] = json.loads((desk.settings.var / "heartbeat.json").read_text())
    return found


def test_each_round_leaves_a_heartbeat(desk: Desk) -> None:
    """A monitor outside reads when and where it was, and when each job last ended well."""
    rounds, clock = Rounds(desk), desk.clock
    assert isinstance(clock, Clock)
    rounds.go(clock.time, ignore)
    first = heartbeat(desk)
    clock.time = DRAFT_DAY + 5 * MINUTE

    rounds.go(clock.time, ignore)
    second = heartbeat(desk)

    assert first["last_done"] == {
        "publish": None,
        "newsletter.host.draft": None,
        "newsletter.host.send": None,
        "links": None,
        "housekeeping": None,
    }
    assert second["at"] == "2026-11-10T08:05:00Z"
    assert (second["host"], second["pid"]) == (socket.gethostname(), os.getpid())
    assert second["last_build"]
    assert isinstance(second["last_done"], dict)
    assert second["last_done"]["publish"] == "2026-11-10T08:05:00Z"
    assert second["in_trouble"] == {}
    assert last_look(desk.settings.var, DRAFT_DAY + 5 * MINUTE) == DRAFT_DAY + 5 * MINUTE
    desk.close()


def test_a_round_that_breaks_off_leaves_none(desk: Desk) -> None:
    """Silence is never success: what cannot be done leaves the heartbeat to grow old."""
    rounds, clock = Rounds(desk), desk.clock
    assert isinstance(clock, Clock)
    rounds.go(clock.time, ignore)

    def break_off(_done: Done) -> None:
        raise OutsideError("the log's disk is full")

    clock.time = DRAFT_DAY + 5 * MINUTE
    with pytest.raises(OutsideError):
        rounds.go(clock.time, break_off)

    assert heartbeat(desk)["at"] == "2026-11-10T07:50:00Z"
    desk.close()


def test_a_round_with_a_job_that_is_on_no_record_leaves_none(desk: Desk) -> None:
    """What no ledger has is seen by the heartbeat alone: a lock that cannot be had, say."""
    rounds, clock, done = Rounds(desk), desk.clock, list[Done]()
    assert isinstance(clock, Clock)
    rounds.go(clock.time, ignore)
    put(desk.settings.root, "var/locks/publish.lock/why", "somebody made a folder of it")

    clock.time = DRAFT_DAY + 5 * MINUTE
    rounds.go(clock.time, done.append)

    assert heartbeat(desk)["at"] == "2026-11-10T07:50:00Z"
    assert ("publish", "failed") in {(one.slot.job, one.state) for one in done}
    assert ("newsletter.host.draft", "done") in {(one.slot.job, one.state) for one in done}
    assert rounds.has_failed
    desk.close()


def test_a_good_round_meanwhile_makes_no_bad_one_good(tmp_path: Path) -> None:
    """Rounds overlap: one whose job is on no record leaves no sign, however another went."""
    clock = Overlapping()
    desk = Desk(Settings.from_env(write_newsroom(tmp_path), {}), clock)
    rounds = Rounds(desk)
    rounds.go(clock.time, ignore)
    put(tmp_path, "var/locks/publish.lock/why", "somebody made a folder of it")
    clock.time = DRAFT_DAY + 5 * MINUTE

    def go_well() -> None:
        rmtree(tmp_path / "var/locks/publish.lock")
        rounds.go(clock.time, ignore)
        clock.time += MINUTE

    def let_another_go(done: Done) -> None:
        if not done.in_ledger:
            clock.meanwhile = go_well

    rounds.go(clock.time, let_another_go)

    assert clock.time == DRAFT_DAY + 6 * MINUTE
    assert heartbeat(desk)["at"] == "2026-11-10T08:05:00Z"
    desk.close()


def test_a_round_that_cannot_copy_who_left_leaves_none(tmp_path: Path) -> None:
    """A lost machine is brought back with the copy beside its backups: a stale one is no success.

    The log says which folder, and why.
    """
    root, disk = write_newsroom(tmp_path / "house"), tmp_path / "disk"
    put(root, "schedule.yaml", f"timezone: Europe/Stockholm\nbackup: {{at: '03:15', to: {disk}}}\n")
    put(disk, "departed", "somebody made a file of it")
    desk = Desk(Settings.from_env(root, {}), Clock())
    left = DepartedLine(DRAFT_DAY, DepartedWord.LEFT, "d0", "a" * 64)
    DepartedRegister(desk.settings.departed).add([left])
    rounds = Rounds(desk)

    rounds.go(desk.clock(), ignore)

    assert rounds.has_failed
    assert not (root / "var/heartbeat.json").exists()
    (disk / "departed").unlink()
    rounds.go(desk.clock(), ignore)
    assert heartbeat(desk)["at"] == "2026-11-10T07:50:00Z"
    desk.close()


def test_an_unforeseen_fault_with_the_issues_keeps_no_mail_waiting(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Each step of a round is for itself: the log has the trace, and there is no heartbeat."""
    rounds, clock = Rounds(desk), desk.clock
    assert isinstance(clock, Clock)
    rounds.go(clock.time, ignore)
    leave_memo(desk, Memo(kind="job", occasion="x", subject="Hej", sentences=("Hej.",)))
    with transaction(desk.database) as connection:
        connection.execute(text("DROP TABLE deadline"))
    clock.time = DRAFT_DAY - 9 * MINUTE

    rounds.go(clock.time, ignore)

    assert told(desk.settings.root) == [
        "Subject: Det fungerar inte: tillsynen av deadlines",
        "Subject: Hej",
    ]
    assert heartbeat(desk)["at"] == "2026-11-10T07:50:00Z"
    assert "no such table: deadline" in caplog.text
    assert "Traceback" in caplog.text
    desk.close()


def test_a_job_in_trouble_stands_in_the_heartbeat(desk: Desk) -> None:
    """When jobs have failed for long, a monitor reads it there, and since when.

    What they all fail at is one mail to the coordinator, though the folder cannot be read.
    """
    rounds, clock = Rounds(desk), desk.clock
    assert isinstance(clock, Clock)
    rounds.go(clock.time, ignore)
    put(desk.settings.root, "posts/site.yaml", "name: [\n")
    for minutes in range(5, 90, 5):
        clock.time = DRAFT_DAY + (minutes - 10) * MINUTE
        rounds.go(clock.time, ignore)

    assert heartbeat(desk)["in_trouble"] == {
        "publish": "2026-11-10T07:55:00Z",
        "newsletter.host.draft": "2026-11-10T08:00:00Z",
    }
    assert len(told(desk.settings.root)) == 1
    desk.close()


@pytest.mark.parametrize("missing", ["no file", "{", "[]", "{}", '{"at": 1}', '{"at": "soon"}'])
def test_a_heartbeat_that_cannot_be_read_is_none(tmp_path: Path, missing: str) -> None:
    """A file that was cut short, or is none of ours, is no sign of life."""
    if missing != "no file":
        (tmp_path / "heartbeat.json").write_text(missing)

    assert last_look(tmp_path, DRAFT_DAY) is None


def test_a_look_ahead_is_no_sign_of_life(tmp_path: Path) -> None:
    """After `tick --now` of a time to come, nothing says that somebody looked then."""
    (tmp_path / "heartbeat.json").write_text('{"at": "2027-03-01T11:00:00Z"}')

    assert last_look(tmp_path, DRAFT_DAY) is None
    assert last_look(tmp_path, datetime(2027, 3, 1, 11, tzinfo=UTC)) is not None


def test_a_send_slot_that_is_run_twice_freezes_once(tmp_path: Path) -> None:
    """Whoever takes over a slot whose process died over it finds the issue frozen.

    Nobody is written to twice.
    """
    room = make_room(tmp_path)
    room.write()
    room.clock.time = SLOT - timedelta(days=1)
    room.press("approve")
    room.clock.time = SLOT
    send = make_rota(room.desk).verbs["newsletter.host.send"]
    slot = Slot(SLOT, "newsletter.host.send")

    notes = [send(slot), send(slot)]

    with reading(room.desk.database) as connection:
        people = connection.execute(select(delivery.c.email)).scalars().all()
    assert notes == [f"{NAME} is frozen and on its way", f"{NAME} was frozen before"]
    assert len(people) == len(set(people)) == 3
    assert (tmp_path / HOST).is_file()
    room.close()
