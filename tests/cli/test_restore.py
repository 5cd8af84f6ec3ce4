"""`restore` as a command."""

import io
import json
import tarfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.jobs.keep.unfinished import alone
from tests.cli.terminal import Terminal
from tests.delivery.sample_ledger import NOW as SENT
from tests.delivery.sample_ledger import addresses, sending_now
from tests.jobs.keep.house import House, new_house
from tests.newsrooms import ISSUE, NOW, put

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CONFIRM = "newsroom restore --confirm"
GOES_ON = (
    "bekräftat: newsroom fortsätter med databasen som den var tis 2026-06-02 09:02 "
    "(Europe/Stockholm)"
)


def test_a_backup_is_brought_back_into_an_empty_folder(terminal: Terminal, tmp_path: Path) -> None:
    """Where there is no newsroom yet, `--now` is in UTC, and the readers are there again."""
    terminal.do("subscribers", "add", "asa@kommun.example", "--consent", "i maj", "--now", NOW)
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)
    fresh = Terminal(tmp_path / "fresh")
    fresh.root.mkdir()

    said = fresh.do("restore", str(tmp_path / "kept.tar.gz"), "--yes", "--now", "2026-11-22T12:00")

    (person,) = fresh.do("subscribers", "list", "--json").json()
    assert person["email"] == "asa@kommun.example"
    assert said.out.startswith("inläst som det var sön 2026-11-22 09:00 (Europe/Stockholm);")
    assert "Kördes newsroom på en annan dator?" in said.out


def test_a_new_machine_is_told_that_a_backup_holds_no_env(
    terminal: Terminal, tmp_path: Path
) -> None:
    """Without NEWSROOM_MAIL no mail leaves; where .env or the environment names it all is well."""
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)
    unset = {"NEWSROOM_MAIL": None}
    fresh = Terminal(tmp_path / "fresh", environ=unset)
    put_back = Terminal(tmp_path / "put-back", environ=unset)
    fresh.root.mkdir()
    put(put_back.root, ".env", "NEWSROOM_MAIL=smtp://127.0.0.1:1025\n")

    bare = fresh.do("restore", str(tmp_path / "kept.tar.gz"), "--yes", "--now", NOW)
    set_up = put_back.do("restore", str(tmp_path / "kept.tar.gz"), "--yes", "--now", NOW)

    assert "filen .env följer inte med i en kopia" in bare.out
    assert ".env" not in set_up.out


def test_on_the_same_machine_nothing_is_said_of_another(terminal: Terminal, tmp_path: Path) -> None:
    """The database that makes way knows who left, so a restore that lost nobody says so."""
    terminal.do("subscribers", "add", "asa@kommun.example", "--consent", "i maj", "--now", NOW)
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)

    said = terminal.do("restore", str(tmp_path / "kept.tar.gz"), "--yes")

    assert "ingen har avslutat, klagat eller blivit raderad sedan kopian togs" in said.out
    assert "var/departed" not in said.out


def test_a_new_machine_with_an_empty_database_knows_nobody_who_left(
    terminal: Terminal, tmp_path: Path
) -> None:
    """That somebody began afresh there is no word on those who left the lost machine."""
    terminal.do("subscribers", "add", "asa@kommun.example", "--consent", "i maj", "--now", NOW)
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)
    fresh = Terminal(new_house(tmp_path / "fresh").root)

    said = fresh.do("restore", str(tmp_path / "kept.tar.gz"), "--yes")

    assert "Kördes newsroom på en annan dator?" in said.out


@pytest.fixture
def half_sent(tmp_path: Path) -> House:
    """Four of ten have the issue."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: sending_now(engine, addresses(10)))
    house.work(SENT + MINUTE, stop_after=4)
    return house


def brought_back(house: House, then: Callable[[], object] = lambda: None) -> Terminal:
    """Backed up, gone on with, and brought back on the same machine."""
    file = house.back_up(SENT + 2 * MINUTE, house.root.parent / "kept.tar.gz")
    then()
    house.restore(file, SENT + 2 * HOUR)
    return Terminal(house.root)


@pytest.mark.parametrize(
    "command", [("send", "--yes"), ("resume",), ("go", "--by", "anna-ek"), ("rest",)]
)
def test_after_a_restore_there_is_one_way_on(half_sent: House, command: tuple[str, ...]) -> None:
    """Whatever is tried with an issue that stands still, the answer names the same command."""
    terminal = brought_back(half_sent)
    verb, *options = command

    said = terminal("issue", verb, "2026-var", *options, "--now", "2026-06-02T12:00")

    assert said.status == 1
    assert said.err.endswith(f"fortsätt med: {CONFIRM}\n")
    assert "newsroom issue" not in said.err


def test_the_status_asks_for_the_word_and_for_nothing_else(half_sent: House) -> None:
    """It names the one command, and no other way on with the issue, until it is said."""
    terminal = brought_back(half_sent)

    before = terminal("status", "--now", "2026-06-02T12:00").out
    confirmed(terminal)
    after = terminal("status", "--now", "2026-06-02T12:00").out

    assert "en säkerhetskopia lästes in tis 2026-06-02 11:00" in " ".join(before.split())
    assert "restore --confirm" in before
    assert "newsroom issue resume" not in " ".join(before.split())
    assert "restore --confirm" not in after


def confirmed(terminal: Terminal) -> list[str]:
    """What the word of a person is answered with."""
    return terminal.do("restore", "--confirm", "--now", "2026-06-02T12:00").out.splitlines()


def test_what_may_have_left_since_is_told_when_it_is_confirmed(half_sent: House) -> None:
    """Each issue with copies in doubt, how many, and how they are settled."""
    terminal = brought_back(half_sent, partial(half_sent.work, SENT + HOUR, stop_after=8))

    assert confirmed(terminal)[:2] == [
        GOES_ON,
        "2026-var: 6 brev kan redan ha gått, och väntar på dig: newsroom issue resolve 2026-var",
    ]


def test_an_issue_that_sent_nothing_since_goes_on_when_it_is_confirmed(half_sent: House) -> None:
    """It was stopped by the restore, and the answer says that it goes on, and how."""
    terminal = brought_back(half_sent)

    said = confirmed(terminal)
    status = terminal.do("issue", "status", "2026-var").out

    assert said[0] == GOES_ON
    assert said[1:2] == [
        "2026-var: fortsätter med newsroom run, eller med: newsroom issue send 2026-var"
    ]
    assert "pausat" not in status


def test_copies_in_doubt_are_one_line_and_one_word(half_sent: House) -> None:
    """Six for the same reason: how many, why, and the command that settles all of them."""
    terminal = brought_back(half_sent, partial(half_sent.work, SENT + HOUR, stop_after=8))
    confirmed(terminal)

    told = terminal.do("issue", "status", "2026-var").out
    listed = terminal.do("issue", "resolve", "2026-var").out
    settled = terminal.do("issue", "resolve", "2026-var", "--accepted").out

    assert [line for line in told.splitlines() if "oklara (" in line] == [
        "  oklara (6): kan ha gått efter att säkerhetskopian togs; de listas, och avgörs alla på "
        "en gång, med: newsroom issue resolve 2026-var"
    ]
    assert "@kommun.example" not in told
    assert len(listed.splitlines()) == 6
    assert "6" in settled


def test_who_confirms_hears_what_the_status_asks_for(terminal: Terminal, tmp_path: Path) -> None:
    """On another machine .env is not there: both name it, and nobody says that all is done."""
    terminal.do("subscribers", "add", "asa@kommun.example", "--consent", "i maj", "--now", NOW)
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)
    new = Terminal(tmp_path / "fresh")
    new.do("restore", str(tmp_path / "kept.tar.gz"), "--now", NOW)

    said = " ".join(new.do("restore", "--confirm", "--now", NOW).out.split())
    asked = new("status", "--json", "--now", NOW).json()["cares"]

    assert asked
    assert "det här väntar också på dig, som newsroom status säger:" in said
    assert "du behöver inte göra något mer" not in said
    assert "NEWSROOM_MAIL" in said


def test_in_an_empty_folder_the_backups_own_language_is_spoken(
    terminal: Terminal, tmp_path: Path
) -> None:
    """Nothing there says which, and whoever has to mend something reads Swedish."""
    file = tmp_path / "kept.tar.gz"
    terminal.do("backup", str(file), "--now", NOW)
    said = json.loads(gunzipped(file, "manifest.json")) | {"version": "9.0", "migration": "9999"}
    repack(file, "manifest.json", json.dumps(said).encode())
    new = Terminal(tmp_path / "ny", environ={"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"})

    refused = new("restore", str(file))

    assert refused.status == 1
    assert "gjord av ett nyare newsroom än det här" in refused.err


def gunzipped(file: Path, name: str) -> bytes:
    """One file of a backup."""
    with tarfile.open(file) as tar:
        content = tar.extractfile(name)
        assert content is not None
        return content.read()


def repack(file: Path, name: str, content: bytes) -> None:
    """A backup in which one file says something else."""
    with tarfile.open(file) as tar:
        held = [(one, tar.extractfile(one)) for one in tar.getmembers()]
        with tarfile.open(file.with_suffix(".new"), "w:gz") as new:
            for entry, of in held:
                raw = content if entry.name == name else of.read() if of else b""
                entry.size = len(raw) if entry.isreg() else 0
                new.addfile(entry, io.BytesIO(raw))
    file.with_suffix(".new").replace(file)


def test_an_approved_issue_is_to_be_approved_anew(tmp_path: Path) -> None:
    """The restore says so, and so does who confirms, with the command."""
    house = new_house(tmp_path / "house")
    put(house.root, "posts/newsletters/2026-host.md", ISSUE)
    house.do(approved)
    anew = "2026-host: ska godkännas på nytt, för det kan ha skickats sedan kopian togs"
    terminal = brought_back(house)

    said = confirmed(terminal)

    assert said[0] == GOES_ON
    assert [line.partition(";")[0] for line in said[1:]] == [anew]


def test_a_word_that_nobody_waits_for_changes_nothing(half_sent: House) -> None:
    """Said a second time, it answers that nothing waits for it."""
    terminal = brought_back(half_sent)
    confirmed(terminal)

    assert confirmed(terminal) == [
        "ingen inläst kopia väntar på det; databasen känner till alla mejl som har gått"
    ]


def test_the_next_start_removes_what_a_restore_left_unpacked(terminal: Terminal) -> None:
    """Cut off while it cleared up: readers' data go with whatever is started next."""
    put(terminal.root, ".restoring/database/subscriber.jsonl", "asa@kommun.example\n")

    terminal.do("schedule")

    assert not (terminal.root / ".restoring").exists()


@pytest.mark.parametrize("holds", ["plan", "lock"])
def test_what_is_still_wanted_stays_unpacked(terminal: Terminal, holds: str) -> None:
    """A plan waits to be followed, and another process may be unpacking just now."""
    unpacked = put(terminal.root, ".restoring/database/subscriber.jsonl", "asa@kommun.example\n")
    if holds == "plan":
        put(terminal.root, ".restoring/plan.json", '{"token": "a", "aside": "b", "tops": []}')

    with alone(terminal.root) if holds == "lock" else nullcontext():
        terminal.do("schedule")

    assert unpacked.exists()


def approved(engine: Engine) -> None:
    """An issue has its yes."""
    with transaction(engine) as connection:
        keep_approval(connection, Approval("2026-host", "h", "anna-ek", SENT))
