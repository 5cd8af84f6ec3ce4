"""`issue`: tried out on a few, and approved."""

import email
from email import policy
from pathlib import Path

from newsroom.delivery.catcher import MailCatcher
from tests.cli.issue.letters import add, outgoing, send
from tests.cli.terminal import Terminal


def test_test(written: Terminal, tmp_path: Path) -> None:
    """A test is marked, goes to those who are named, and is in no ledger."""
    with MailCatcher(tmp_path / "mail") as catcher:
        written.mail = catcher.address
        said = written.do(
            "issue", "test", "2026-host", "--to", "asa@example.se", "--to", "bo@example.se"
        )

        assert catcher.recipients == ("asa@example.se", "bo@example.se")
    mail = email.message_from_bytes(
        (tmp_path / "mail/0001.eml").read_bytes(), policy=policy.default
    )
    assert said.out == "2026-host: skickat på prov till asa@example.se, bo@example.se\n"
    assert mail["Subject"] != "Nyhetsbrev hösten 2026"
    assert "Nyhetsbrev hösten 2026" in mail["Subject"]
    assert written.do("issue", "status", "2026-host", "--json").json()["frozen"] == 0


def test_test_without_a_mail_server(written: Terminal) -> None:
    """A mail server that is away exits with 3."""
    written.mail = "smtp://127.0.0.1:9"

    assert written("issue", "test", "2026-host", "--to", "asa@example.se").status == 3


def test_only_approvers_approve(written: Terminal) -> None:
    """Somebody who is no approver is refused, and told who is."""
    said = written("issue", "approve", "2026-host", "--by", "bo-berg")

    assert said.status == 1
    assert said.err == (
        'newsroom: 2026-host: "bo-berg" godkänner inte nyhetsbrev; posts/site.yaml nämner anna-ek\n'
    )


def test_what_nobody_approved_is_not_sent(written: Terminal) -> None:
    """Without an approval nothing is sent, and the way to one is named."""
    add(written, "asa@example.se")

    said = written("issue", "send", "2026-host", "--yes")

    assert said.status == 1
    assert said.err == (
        "newsroom: 2026-host är inte godkänt; få det godkänt först: "
        "newsroom issue approve 2026-host --by CONTACT\n"
    )
    assert outgoing(written) == []


def test_an_edit_of_a_story_voids_the_approval(approved: Terminal) -> None:
    """When a story says something else than what was approved, nothing is sent until a new yes."""
    story = approved.root / "posts/news/2026-11-10-host.md"
    story.write_text(story.read_text().replace("title: Höst", "title: Hösten är här"))

    said = approved("issue", "send", "2026-host", "--yes")
    listed = approved.do("issue", "list", "--json").json()
    approved.do("issue", "approve", "2026-host", "--by", "anna-ek")

    assert said.status == 1
    assert "2026-host ändrades efter att anna-ek godkände det 2026-11-22" in said.err
    assert listed[0]["state"] == "drafted"
    assert outgoing(approved) == []
    send(approved)
    assert len(outgoing(approved)) == 3
