"""`issue`: from draft to the last reader, and what is said on the way."""

import email
import time
from email import policy
from pathlib import Path

import pytest

from newsroom.content.folder import read
from newsroom.delivery.catcher import MailCatcher
from newsroom.model import Placement
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put
from tests.processes import PATIENCE, House
from tests.render.pieces import at

LIST_KEYS = {"issue", "title", "state", "slot", "approved_by"}
STATES = ("pending", "claimed", "deferred", "accepted", "refused", "excluded", "unknown")
STATUS_KEYS = {"issue", "state", "frozen", *STATES, "cancelled", "unknown_recipients", "lanes"}
HOST = "posts/newsletters/2026-host.md"


@pytest.fixture
def written(terminal: Terminal) -> Terminal:
    """A terminal in the small newsroom with an issue to send."""
    put(terminal.root, HOST, ISSUE)
    return terminal


@pytest.fixture
def approved(written: Terminal) -> Terminal:
    """The issue approved, and three readers."""
    for name in ("asa", "bo", "cia"):
        add(written, f"{name}@example.se")
    written.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)
    return written


def add(terminal: Terminal, address: str) -> None:
    """Put a reader on the list."""
    terminal.do("subscribers", "add", address, "--consent", "på mötet")


def send(terminal: Terminal) -> None:
    """Send the issue, which has to go well."""
    terminal.do("issue", "send", "2026-host", "--yes")


def outgoing(terminal: Terminal) -> list[Path]:
    """The mails in the folder that stands in for a mail server."""
    return sorted((terminal.root / "var/outgoing").glob("*.eml"))


def test_list(approved: Terminal) -> None:
    """Every issue in a line, newest first, with where it stands, its slot and who approved it."""
    said = approved.do("issue", "list", "--now", NOW)

    assert [" ".join(line.split()) for line in said.out.splitlines()] == [
        "2026-host godkänt 2026-12-01 09:00 Nyhetsbrev hösten 2026 godkänt av anna-ek",
        "2026-var klart Nyhetsbrev våren 2026",
    ]


def test_list_as_json(written: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    listed = written.do("issue", "list", "--now", NOW, "--json").json()

    assert all(one.keys() >= LIST_KEYS for one in listed)
    assert listed[0] == {
        "issue": "2026-host",
        "title": "Nyhetsbrev hösten 2026",
        "state": "drafted",
        "slot": "2026-12-01T08:00:00Z",
        "approved_by": None,
    }


def test_draft_tells_what_is_new(terminal: Terminal) -> None:
    """The draft names exactly the posts since the last issue, and `check` is content with it."""
    said = terminal.do("issue", "draft", "2026-host", "--now", NOW)

    newsroom = read(terminal.root).newsroom
    assert said.out == f"{HOST}\n"
    assert terminal("check").out == "0 fel, 0 varningar, 0 upplysningar\n"
    assert newsroom is not None
    issue = next(issue for issue in newsroom.issues if issue.slug == "2026-host")
    assert (issue.draft, issue.number, issue.period) == (True, 2, "hösten 2026")
    assert (issue.stories, issue.events, issue.contacts) == (
        ("host", "sommar"),
        ("konferens",),
        ("anna-ek",),
    )


@pytest.mark.slow
def test_draft_of_the_sample(tmp_path: Path) -> None:
    """Without its own draft, the sample drafts an issue of every post since the spring."""
    House(tmp_path).do("init", "house")
    terminal = Terminal(tmp_path / "house")
    (terminal.root / HOST).unlink()

    terminal.do("issue", "draft", "2026-host", "--now", NOW)

    newsroom = read(terminal.root).newsroom
    assert newsroom is not None
    issue = next(issue for issue in newsroom.issues if issue.slug == "2026-host")
    spring = next(issue for issue in newsroom.issues if issue.slug == "2026-var")
    assert spring.published is not None
    new = {
        post.slug
        for post in newsroom.public(at(NOW)).posts
        if post.published > spring.published and post.placement is not Placement.NEVER
    }
    assert {*issue.stories, issue.lead} - {None} == new
    assert len(new) > 5
    assert terminal("check").status == 0


def test_draft_writes_over_nothing(written: Terminal) -> None:
    """An issue whose file is there is not drafted again."""
    said = written("issue", "draft", "2026-host", "--now", NOW)

    assert said.status == 1
    assert said.err == f"newsroom: {HOST}: brevet finns redan; redigera den filen\n"
    assert (written.root / HOST).read_text() == ISSUE


@pytest.mark.parametrize("name", ["../../x", "2026 host", "2026-Höst", ".", ""])
def test_draft_of_a_name_that_is_none(terminal: Terminal, name: str) -> None:
    """A name that cannot stand in an address gets no file, inside the newsroom or outside."""
    said = terminal("issue", "draft", name, "--now", NOW)

    assert said.status == 1
    assert said.err == (
        f'newsroom: "{name}" kan inte vara namnet på ett nyhetsbrev; skriv det som 2026-host\n'
    )


def test_draft_of_nothing_new(terminal: Terminal) -> None:
    """With nothing new to tell, no draft is written."""
    said = terminal("issue", "draft", "2026-host", "--now", "2026-06-02T10:00")

    assert said.status == 1
    assert "inget att berätta" in said.err
    assert not (terminal.root / HOST).exists()


def test_export(written: Terminal, tmp_path: Path) -> None:
    """A message, its page and its text are written and named; nothing is sent."""
    out = tmp_path / "proof"

    said = written.do(
        "issue", "export", "2026-host", "--out", str(out), "--to", "asa@example.se", "--now", NOW
    )

    names = [out / f"2026-host.{kind}" for kind in ("eml", "html", "txt")]
    assert said.out.split() == [str(name) for name in names]
    message = email.message_from_bytes(names[0].read_bytes(), policy=policy.default)
    assert (message["Subject"], message["To"]) == ("Nyhetsbrev hösten 2026", "asa@example.se")
    assert "Löven faller" in names[2].read_text()
    assert outgoing(written) == []


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


def test_an_issue_that_is_not_there(terminal: Terminal) -> None:
    """An unknown name is answered with those there are."""
    for command in (["status"], ["approve", "--by", "anna-ek"], ["send", "--yes"]):
        said = terminal("issue", command[0], "2026-host", *command[1:])

        assert said.status == 1
        assert "(det finns: 2026-var)" in said.err


def test_send_reaches_everybody(approved: Terminal) -> None:
    """Each reader gets one, the issue is on the web, and its file says when it was sent."""
    said = approved.do("issue", "send", "2026-host", "--yes", "--now", NOW)

    assert said.out == "2026-host: klart; 3 frysta: 3 mottagna\n"
    assert len(outgoing(approved)) == 3
    assert (approved.root / "public/nyhetsbrev/2026-host/index.html").is_file()
    text = (approved.root / HOST).read_text()
    assert "draft" not in text
    assert "date: 2026-11-22T09:00" in text


def test_send_again_reaches_nobody(approved: Terminal) -> None:
    """A second sending is for nobody, also when readers have come and the text has changed."""
    send(approved)
    add(approved, "late@example.se")
    put(approved.root, HOST, (approved.root / HOST).read_text().replace("Hej!", "Hej igen!"))

    said = approved.do("issue", "send", "2026-host", "--yes")

    assert said.out == "2026-host: klart; 3 frysta: 3 mottagna\n"
    assert len(outgoing(approved)) == 3


def test_send_as_json(approved: Terminal) -> None:
    """As JSON with the keys of the status."""
    sent = approved.do("issue", "send", "2026-host", "--yes", "--json").json()

    assert sent.keys() >= STATUS_KEYS
    assert (sent["state"], sent["accepted"]) == ("done", 3)


def test_send_asks_first(approved: Terminal) -> None:
    """Without --yes it asks, and a no sends nothing."""
    said = approved("issue", "send", "2026-host", answer="n\n")

    assert said.status == 1
    assert "Ska 2026-host skickas till alla på listan?" in said.err
    assert outgoing(approved) == []


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


def test_an_issue_is_not_frozen_for_nobody(written: Terminal) -> None:
    """With nobody on the list sending is refused, and works when somebody has come."""
    written.do("issue", "approve", "2026-host", "--by", "anna-ek")

    said = written("issue", "send", "2026-host", "--yes")
    add(written, "asa@example.se")
    send(written)

    assert said.status == 1
    assert "2026-host: ingen aktiv prenumerant skulle få det" in said.err
    assert len(outgoing(written)) == 1


def test_status_of_what_was_never_sent(written: Terminal) -> None:
    """A draft that the ledger has not heard of has a status all the same."""
    tally = written.do("issue", "status", "2026-host", "--json").json()

    assert tally.keys() >= STATUS_KEYS
    assert (tally["state"], tally["frozen"], tally["lanes"]) == ("drafted", 0, [])


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
    assert stopped == (
        "newsroom: 2026-host: stoppat; fortsätt med: newsroom issue send 2026-host\n"
    )
    assert paused.out == "2026-host: pausat; fortsätt med: newsroom issue resume 2026-host\n"
    assert told.status == 1
    assert "newsroom issue resume 2026-host" in told.err
    assert status.out.startswith("2026-host: pausat (fel bild); 3 frysta: 3 i kö\n")
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
    assert approved("issue", "resolve", "2026-host").out == ""
    assert approved("issue", "pause", "2026-var").status == 1


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
