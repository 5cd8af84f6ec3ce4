"""`inbox`: the mails that came back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.database import open_database
from newsroom.readers.standing import keep_out
from newsroom.readers.suppression import Reason
from tests.bounces.mails import report
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW

ASA = "asa@kommun.example"
SINCE = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A mail that came back, saved as a file."""
    file = tmp_path / "studs.eml"
    file.write_bytes(report("smtp; 550 5.1.1 User unknown", status="5.1.1"))
    return file


def test_classify_as_json(terminal: Terminal, saved: Path) -> None:
    """Each file with the keys that others rely on."""
    said = terminal.do("inbox", "classify", str(saved), "--json")

    assert json.loads(said.out) == [
        {
            "file": str(saved),
            "kind": "bounce",
            "recipients": [
                {
                    "email": "asa@mottagare.example",
                    "severity": "hard",
                    "cause": "gone",
                    "status": "5.1.1",
                    "diagnostic": "550 5.1.1 User unknown",
                }
            ],
        }
    ]


def test_classify_in_words(terminal: Terminal, saved: Path, tmp_path: Path) -> None:
    """A line for each file, and one for each of those whom it names."""
    other = tmp_path / "hej.eml"
    other.write_bytes(b"From: asa@kommun.example\nSubject: Autosvar: Nytt\n\nJag har semester.\n")

    said = terminal.do("inbox", "classify", str(saved), str(other))

    assert said.out.splitlines() == [
        f"{saved}: ett brev som kom tillbaka",
        "  asa@mottagare.example  adressen finns inte  5.1.1  550 5.1.1 User unknown",
        f"{other}: ett svar från ett program",
    ]


def test_classify_cuts_what_is_long(terminal: Terminal, saved: Path) -> None:
    """Of a long answer the beginning is shown; all of it stands in the JSON."""
    long = saved.read_bytes().replace(b"User unknown", b"User unknown " + b"as we said " * 30)
    saved.write_bytes(long)

    line = terminal.do("inbox", "classify", str(saved)).out.splitlines()[1]

    assert line.endswith("…")
    assert len(line.partition("550 5.1.1")[2]) < 150


def test_fetch_without_an_inbox(terminal: Terminal) -> None:
    """Where no inbox is set, the setting is named."""
    said = terminal("inbox", "fetch")

    assert said.status == 1
    assert "NEWSROOM_INBOX=imaps://" in said.err


def test_undo_of_nothing(terminal: Terminal) -> None:
    """Where nothing counts against an address, that is said."""
    said = terminal("inbox", "undo", ASA, "--now", NOW)

    assert said.status == 1
    assert ASA in said.err


def test_undo_of_a_bounce(terminal: Terminal) -> None:
    """An address that a bounce kept out is let in again, and gets the newsletter."""
    terminal.do("subscribers", "add", ASA, "--consent", "på mötet i maj", "--now", NOW)
    database = open_database(f"sqlite:///{terminal.root}/var/newsroom.db")
    with database.begin() as connection:
        keys = [(terminal.root / "var/secret").read_text().strip().encode()]
        keep_out(connection, keys, ASA, Reason.BOUNCED, SINCE)
    database.dispose()

    said = terminal.do("inbox", "undo", ASA, "--now", NOW)

    (person,) = terminal.do("subscribers", "list", "--json").json()
    assert said.out == f"inget räknas längre mot {ASA}\n"
    assert person["state"] == "active"
