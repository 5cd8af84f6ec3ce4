"""`issue go`, `issue rest`, `restore --confirm`: an issue that waits for a person."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.issue.letters import outgoing
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW

LATER = "2026-11-23T09:00"


def change(terminal: Terminal, statement: str) -> None:
    """What the course of things would have written into the ledger."""
    with closing(sqlite3.connect(terminal.root / "var/newsroom.db")) as ledger, ledger:
        ledger.execute(statement)


def copy(source: Path, target: Path) -> None:
    """A database copied to another place, as a backup does."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


@pytest.fixture
def sent(approved: Terminal) -> Terminal:
    """The issue sent to its three readers."""
    approved.do("issue", "send", "2026-host", "--yes", "--now", NOW)
    return approved


def test_who_was_not_reached_is_named(sent: Terminal) -> None:
    """An issue that not everybody has is done with exceptions, each with its reason in Swedish."""
    change(
        sent,
        "UPDATE delivery SET state = 'excluded', reason = 'unsubscribed' WHERE email LIKE 'asa%'",
    )
    change(
        sent,
        "UPDATE delivery SET state = 'refused', code = '552 5.2.2', reason = 'mailbox full' "
        "WHERE email LIKE 'bo%'",
    )

    said = sent.do("issue", "status", "2026-host", "--now", NOW)
    told = sent.do("issue", "status", "2026-host", "--now", NOW, "--json").json()

    assert said.out.splitlines() == [
        "2026-host: klart, med undantag; 3 mottagare: 1 mottaget, 1 avvisat, 1 utelämnat",
        "  utelämnad: asa@example.se: har slutat prenumerera",
        "  avvisad: bo@example.se: brevlådan är full (552 5.2.2 mailbox full)",
    ]
    assert told["unreached"] == [
        {
            "email": "asa@example.se",
            "state": "excluded",
            "code": None,
            "reason": "har slutat prenumerera",
        },
        {
            "email": "bo@example.se",
            "state": "refused",
            "code": "552 5.2.2",
            "reason": "mailbox full",
        },
    ]


def test_a_paused_issue_tells_what_the_servers_said(sent: Terminal) -> None:
    """Each host has a line with its last answer, and then it says what to do about it."""
    change(
        sent,
        "UPDATE delivery SET state = 'deferred', code = '550 5.7.1', "
        "reason = '5.7.1 Message blocked by policy' WHERE email LIKE 'bo%'",
    )
    change(sent, "UPDATE issue SET state = 'paused', note = 'x'")

    said = sent.do("issue", "status", "2026-host", "--now", NOW)
    told = sent.do("issue", "status", "2026-host", "--now", NOW, "--json").json()

    assert said.out.splitlines()[1:] == [
        "  example.se: avvisat för att servern inte litar på oss "
        "(550 5.7.1 Message blocked by policy); 1 väntar",
        "  rätta det som svaren nämner, sedan: newsroom issue resume 2026-host",
    ]
    assert told["answers"] == [
        {
            "lane": "example.se",
            "code": "550 5.7.1",
            "reason": "5.7.1 Message blocked by policy",
            "copies": 1,
        }
    ]


def test_once_more_to_the_rest(sent: Terminal) -> None:
    """Those who could not be reached are tried again; when there is nobody left, that is said."""
    change(sent, "UPDATE delivery SET state = 'refused', code = '452' WHERE email LIKE 'bo%'")
    for mail in outgoing(sent):
        mail.unlink()

    first = sent.do("issue", "rest", "2026-host", "--now", NOW)
    sent.do("issue", "send", "2026-host", "--yes", "--now", NOW)
    second = sent.do("issue", "rest", "2026-host", "--now", NOW)

    assert "2026-host: newsroom run gör nya försök (1)" in first.out
    assert len(outgoing(sent)) == 1
    assert second.out == "2026-host: det finns ingen att skriva till igen\n"


def test_a_go_that_comes_too_early(approved: Terminal) -> None:
    """A go to an issue that is not on its way is refused, and says what comes first."""
    said = approved("issue", "go", "2026-host", "--by", "anna-ek", "--now", NOW)

    assert said.status == 1
    assert "2026-host är godkänt" in said.err


def test_a_database_from_a_backup(approved: Terminal, tmp_path: Path) -> None:
    """Brought back, it sends nothing until somebody confirms; then a person settles who has it."""
    database, kept = approved.root / "var/newsroom.db", tmp_path / "kept.db"
    copy(database, kept)
    approved.do("issue", "send", "2026-host", "--yes", "--now", NOW)
    approved.do("restore", "--confirm", "--now", NOW)
    for path in database.parent.glob("newsroom.db*"):
        path.unlink()
    copy(kept, database)

    stopped = approved("issue", "send", "2026-host", "--yes", "--now", LATER)
    confirmed = approved.do("restore", "--confirm", "--now", LATER)

    assert stopped.status == 1
    assert "databasen är äldre än de mejl som har gått" in stopped.err
    in_doubt, *others = confirmed.out.splitlines()
    assert in_doubt == (
        "2026-host: 3 brev kan redan ha gått, och väntar på dig: newsroom issue resolve 2026-host"
    )
    assert others[0] == "det här väntar också på dig, som newsroom status säger:"
    approved.do("issue", "resolve", "2026-host", "--accepted", "--now", LATER)
    after = approved.do("issue", "status", "2026-host", "--json").json()
    assert (after["accepted"], after["unknown"]) == (3, 0)
    assert len(outgoing(approved)) == 3


def test_nothing_to_confirm(approved: Terminal) -> None:
    """Where the database knows of every mail, confirming changes nothing and says so."""
    said = approved.do("restore", "--confirm")

    assert said.out == (
        "ingen inläst kopia väntar på det; databasen känner till alla mejl som har gått\n"
    )
    assert approved("restore").status == 2
