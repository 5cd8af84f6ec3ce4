"""Who left, written down beside the database."""

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from newsroom.database import migrate, open_database, transaction
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.seal import mark_of
from newsroom.readers import standing, subscribers
from newsroom.readers.departed import DepartedLine, DepartedRegister, DepartedWord, attach, note
from newsroom.readers.erasure import erase
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason, address_hash
from tests.readers.histories import KEYS, NOW

ASA = "asa@example.se"
Deed = Callable[[Connection], object]


@pytest.fixture
def register(tmp_path: Path) -> DepartedRegister:
    """A register in a folder that is not there yet."""
    return DepartedRegister(tmp_path / "departed")


@pytest.fixture
def kept(tmp_path: Path, register: DepartedRegister) -> Engine:
    """A database whose leavings are written down, with one reader in it."""
    engine = open_database(f"sqlite:///{tmp_path}/newsroom.db")
    attach(engine, register, KEYS[0])
    migrate(engine)
    with transaction(engine) as connection:
        subscribers.add(connection, [NewSubscriber(ASA, SubscriberState.ACTIVE, "sv")], NOW)
    return engine


def person(connection: Connection) -> Subscriber:
    """Åsa."""
    found = subscribers.find(connection, ASA)
    assert found is not None
    return found


def leave(connection: Connection) -> None:
    """Åsa presses the button."""
    standing.leave(connection, person(connection), "web", "link", NOW)


DEEDS: dict[DepartedWord, tuple[Deed, ...]] = {
    DepartedWord.LEFT: (leave,),
    DepartedWord.BOUNCED: (lambda c: standing.keep_out(c, KEYS, ASA, Reason.BOUNCED, NOW),),
    DepartedWord.COMPLAINED: (lambda c: standing.keep_out(c, KEYS, ASA, Reason.COMPLAINED, NOW),),
    DepartedWord.ERASED: (lambda c: erase(c, KEYS, ASA, NOW),),
    DepartedWord.RETURNED: (leave, lambda c: standing.come_back(c, person(c), "page", NOW)),
    DepartedWord.ACQUITTED: (
        lambda c: standing.keep_out(c, KEYS, ASA, Reason.BOUNCED, NOW),
        lambda c: standing.let_in_again(c, KEYS, ASA, NOW),
    ),
}


@pytest.mark.parametrize("word", DEEDS)
def test_each_going_and_coming_is_written_down(
    kept: Engine, register: DepartedRegister, word: DepartedWord
) -> None:
    """Whoever ends or takes up a subscription: it stands beside the database, with no address."""
    for deed in DEEDS[word]:
        with transaction(kept) as connection:
            deed(connection)
    kept.dispose()

    *_, last = register.since(NOW)
    files = list(register.folder.iterdir())
    assert last == DepartedLine(NOW, word, mark_of(KEYS[0]).hex(), address_hash(KEYS[0], ASA))
    assert [path.name for path in files] == [f"{NOW:%Y-%m}"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert b"asa" not in files[0].read_bytes()


def test_a_confirmation_is_written_down(kept: Engine, register: DepartedRegister) -> None:
    """Who confirms anew is in again; who had complained stays out, and that is the last word."""
    with transaction(kept) as connection:
        standing.keep_out(connection, KEYS, ASA, Reason.COMPLAINED, NOW)
        standing.confirm(connection, KEYS, person(connection), "page", NOW)
    kept.dispose()

    words = [line.word for line in register.since(NOW)]
    assert words == [DepartedWord.COMPLAINED, DepartedWord.RETURNED, DepartedWord.COMPLAINED]


def test_it_stands_there_before_the_database_knows(
    kept: Engine, register: DepartedRegister, tmp_path: Path
) -> None:
    """When a leaving can be seen in the database, its line is on the disk."""
    other = open_database(f"sqlite:///{tmp_path}/newsroom.db")
    with kept.connect() as connection:
        change = connection.begin()
        leave(connection)
        before = register.since(NOW)
        change.commit()
    with other.connect() as connection:
        seen = person(connection).state
    other.dispose()
    kept.dispose()

    assert (before, seen) == ((), SubscriberState.UNSUBSCRIBED)
    assert len(register.since(NOW)) == 1


def test_what_was_rolled_back_is_not_written_down(kept: Engine, register: DepartedRegister) -> None:
    """A transaction that fails leaves no word, and none for the next one of its connection."""
    with kept.connect() as connection:
        change = connection.begin()
        leave(connection)
        change.rollback()
    with transaction(kept) as connection:
        note(connection, "bo@example.se", DepartedWord.LEFT, NOW)
    kept.dispose()

    assert [line.address_hash for line in register.since(NOW)] == [
        address_hash(KEYS[0], "bo@example.se")
    ]


def test_a_disk_that_refuses_keeps_nobody_from_leaving(
    kept: Engine, register: DepartedRegister, caplog: pytest.LogCaptureFixture
) -> None:
    """Åsa has left all the same, and the log says what an older backup would do, without a name."""
    register.folder.write_text("a file stands where the folder should be")

    with caplog.at_level(logging.ERROR), transaction(kept) as connection:
        leave(connection)
    with transaction(kept) as connection:
        state = person(connection).state
    kept.dispose()

    assert state == SubscriberState.UNSUBSCRIBED
    assert "who left is not written down" in caplog.text
    assert "asa" not in caplog.text


def test_a_torn_line_harms_no_other(register: DepartedRegister) -> None:
    """What a power cut left of a line says nothing; those before and after it hold."""
    lines = [
        DepartedLine(NOW + timedelta(minutes=n), DepartedWord.LEFT, "ab", f"{n}" * 64)
        for n in (1, 2)
    ]
    register.add(lines[:1])
    with (register.folder / f"{NOW:%Y-%m}").open("a") as file:
        file.write("\n2026-06-02T09:00:00+00:00 lef")
    register.add(lines[1:])

    assert register.since(NOW) == tuple(lines)


def test_two_machines_share_a_copy(tmp_path: Path) -> None:
    """What another machine wrote beside the backups stays, whoever copies, and no line is doubled.

    So does what was there before this machine: its register begins empty.
    """
    first, second = DepartedRegister(tmp_path / "a"), DepartedRegister(tmp_path / "b")
    copy = DepartedRegister(tmp_path / "laid")
    lines = [
        DepartedLine(NOW + timedelta(minutes=n), DepartedWord.LEFT, "ab", f"{n}" * 64)
        for n in range(4)
    ]
    copy.add(lines[:1])
    first.add(lines[1:2])
    second.add(lines[2:3])

    for register in (first, second, first):
        register.copy_to(copy.folder)
    first.add(lines[3:])
    first.copy_to(copy.folder)

    assert copy.since(NOW) == tuple(lines)


def test_a_disk_that_takes_half_a_line_is_told(tmp_path: Path) -> None:
    """A write that was taken in part counts as none: whoever writes it down hears of it."""
    writing = (
        "import resource, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from newsroom.readers.departed import DepartedLine, DepartedRegister, DepartedWord\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))\n"
        "at = datetime(2026, 6, 2, 9, tzinfo=UTC)\n"
        "try:\n"
        "    line = DepartedLine(at, DepartedWord.LEFT, 'ab', '1' * 64)\n"
        "    DepartedRegister(Path(sys.argv[1])).add([line])\n"
        "except OSError as error:\n"
        "    sys.exit(type(error).__name__)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", writing, str(tmp_path / "departed")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr.strip()) == (1, "OSError")
    assert DepartedRegister(tmp_path / "departed").since(NOW - timedelta(days=900)) == ()


def test_old_months_are_past_and_others_copied(register: DepartedRegister, tmp_path: Path) -> None:
    """What is longer ago than any address is kept may go; a copy follows what is new."""
    old = DepartedLine(NOW - timedelta(days=900), DepartedWord.LEFT, "ab", "1" * 64)
    new = DepartedLine(NOW, DepartedWord.LEFT, "ab", "2" * 64)
    register.add([old, new])
    copy = DepartedRegister(tmp_path / "elsewhere")

    for path in register.past(NOW):
        path.unlink()
    register.copy_to(copy.folder)
    register.add([DepartedLine(NOW, DepartedWord.RETURNED, "ab", "2" * 64)])
    register.copy_to(copy.folder)

    assert [line.word for line in copy.since(NOW - timedelta(days=1000))] == ["left", "returned"]
    assert register.begins() == f"{NOW:%Y-%m}"
    assert (copy.folder / f"{NOW:%Y-%m}").stat().st_mode & 0o777 == 0o600
