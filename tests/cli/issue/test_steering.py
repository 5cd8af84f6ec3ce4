"""`issue`: paused, resumed, called off."""

import sqlite3
import time
from contextlib import closing
from email import message_from_bytes, policy

from tests.cli.issue.letters import outgoing, send
from tests.cli.terminal import Terminal
from tests.processes import PATIENCE, House


def test_pause_resume_and_send(approved: Terminal) -> None:
    """A paused issue waits with its reason; resumed, it goes on."""
    site = approved.root / "posts/site.yaml"
    site.write_text(site.read_text().replace("undo: 0 minutes", "undo: 1 hour"))
    sender = House(approved.root).start("issue", "send", "2026-host", "--yes")
    wait_until_frozen(approved)
    sender.terminate()
    _, stopped = sender.communicate()

    paused = approved.do("issue", "pause", "2026-host", "--reason", "fel bild")
    told = approved("issue", "send", "2026-host", "--yes")
    status = approved.do("issue", "status", "2026-host")
    resumed = approved.do("issue", "resume", "2026-host")

    assert sender.returncode == 1
    assert "\nFörsta mejlet går kl. " in stopped
    assert stopped.endswith(
        "newsroom: 2026-host: kommandot är avbrutet, numret är inte stoppat: newsroom run skickar "
        "det. Stoppa det med: newsroom issue undo 2026-host --by …, eller fortsätt med: newsroom "
        "issue send 2026-host\n"
    )
    assert paused.out == "2026-host: pausat; fortsätt med: newsroom issue resume 2026-host\n"
    assert told.status == 1
    assert "newsroom issue resume 2026-host" in told.err
    assert status.out.startswith("2026-host: pausat (fel bild); 3 mottagare: 3 i kö\n")
    assert "fortsätter" in resumed.out


def wait_until_frozen(terminal: Terminal) -> None:
    """Return when the issue has been frozen."""
    end = time.monotonic() + PATIENCE
    while not terminal.do("issue", "status", "2026-host", "--json").json()["frozen"]:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_steering_what_is_not_under_way(approved: Terminal) -> None:
    """Pausing or resuming an issue that is not being sent, or settling none, says so."""
    for command in ("pause", "resume"):
        said = approved("issue", command, "2026-host")
        assert said.status == 1
        assert "2026-host är godkänt" in said.err
    nothing = approved("issue", "resolve", "2026-host")
    assert (nothing.out, nothing.err) == ("", "2026-host: det finns inget att avgöra\n")
    assert approved("issue", "pause", "2026-var").status == 1


def test_an_issue_that_is_over_is_refused_before_anything_is_asked(approved: Terminal) -> None:
    """Nobody is asked whether to send it to no reader, or to call it off."""
    send(approved)

    for command in ("send", "cancel"):
        said = approved("issue", command, "2026-host", answer="j\n")
        assert said.status == 1
        assert "2026-host är klart" in said.err
        assert "[j/N]" not in said.err


def test_cancel_asks_and_spares(approved: Terminal) -> None:
    """Calling an issue off asks first; then it is never sent."""
    refused = approved("issue", "cancel", "2026-host", answer="n\n")
    said = approved.do("issue", "cancel", "2026-host", "--yes", "--reason", "inställt")

    after = approved("issue", "send", "2026-host", "--yes")
    assert (refused.status, refused.out) == (1, "")
    assert said.out == "2026-host: inställt; 0 läsare får det inte\n"
    assert after.status == 1
    assert "inställt" in after.err
    assert outgoing(approved) == []


def test_a_planned_issue_is_called_off_before_anybody_writes_it(terminal: Terminal) -> None:
    """Who wants no issue this time says so once; no draft is written, and nobody is asked."""
    terminal.do("issue", "cancel", "2026-host", "--yes", "--reason", "inget nummer i höst")

    told = terminal.do("issue", "list", "--now", "2026-11-09T09:00").out
    for day in ("2026-11-09", "2026-11-10", "2026-11-24", "2026-12-01"):
        terminal("tick", "--now", f"{day}T09:01")

    assert "inställt" in next(line for line in told.splitlines() if line.startswith("2026-host"))
    assert not (terminal.root / "posts/newsletters/2026-host.md").exists()
    (told_off,) = outgoing(terminal)
    subject = message_from_bytes(told_off.read_bytes(), policy=policy.default)["subject"]
    assert subject == "Inställt: Nyhetsbrev hösten 2026"
    assert terminal("issue", "cancel", "julbrev", "--yes").status == 1


def test_an_address_as_it_is_spelt(approved: Terminal) -> None:
    """Settling takes an address in any spelling, and refuses one whose mail is not in doubt."""
    send(approved)
    with closing(sqlite3.connect(approved.root / "var/newsroom.db")) as ledger, ledger:
        ledger.execute("UPDATE delivery SET state = 'unknown' WHERE email LIKE 'asa%'")

    other = approved("issue", "resolve", "2026-host", "bo@example.se", "--accepted")
    said = approved.do("issue", "resolve", "2026-host", "Asa@Example.SE", "--accepted")

    assert other.status == 1
    assert "bo@example.se finns inte bland de oklara" in other.err
    assert said.out == "2026-host: 1 avgjort\n"


def test_without_a_verdict_the_choices_are_told(approved: Terminal) -> None:
    """The addresses can be piped on; beside them stands what can be said, and what follows."""
    send(approved)
    with closing(sqlite3.connect(approved.root / "var/newsroom.db")) as ledger, ledger:
        ledger.execute("UPDATE delivery SET state = 'unknown' WHERE email LIKE 'asa%'")

    said = approved.do("issue", "resolve", "2026-host")

    assert said.out == "asa@example.se\n"
    assert said.err.splitlines() == [
        "2026-host: ingen vet om de här breven gick iväg: 1",
        "de har fått det, och får det inte igen: newsroom issue resolve 2026-host --accepted",
        "de har inte fått det, och det skickas igen; då kan någon få det två gånger: "
        "newsroom issue resolve 2026-host --resend",
        "skriv en adress efter namnet för att avgöra bara den",
    ]
