"""`issue`: on its way, and how far it came."""

import pytest

from tests.cli.issue.letters import HOST, STATUS_KEYS, add, outgoing, send
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

AFTER_ITS_DAY = "2026-12-01T09:30"


def test_an_issue_that_is_not_there(terminal: Terminal) -> None:
    """One of the schedule that nobody has written is told how; any other with those there are."""
    for command in (["status"], ["approve", "--by", "anna-ek"], ["send", "--yes"]):
        said = terminal("issue", command[0], "2026-host", *command[1:])

        assert said.status == 1
        assert "har inget utkast än; skriv det med: newsroom issue draft 2026-host" in said.err
    assert "(det finns: 2026-var)" in terminal("issue", "status", "jubileum").err


def test_send_reaches_everybody(approved: Terminal) -> None:
    """Each reader gets one, the issue is on the web, and its file says when it was sent."""
    said = approved.do("issue", "send", "2026-host", "--yes", "--now", NOW)

    assert said.out == "2026-host: klart; 3 mottagare: 3 mottagna\n"
    assert len(outgoing(approved)) == 3
    assert (approved.root / "public/nyhetsbrev/2026-host/index.html").is_file()
    text = (approved.root / HOST).read_text()
    assert "draft" not in text
    assert "date: 2026-11-22T09:00" in text


def test_where_mail_does_not_leave_the_machine_it_is_said_before_it_is_sent(
    approved: Terminal,
) -> None:
    """A relay that nobody set up is not learnt of from readers who got nothing."""
    asked = approved("issue", "send", "2026-host", "--now", AFTER_ITS_DAY, answer="n\n")
    sent = approved.do("issue", "send", "2026-host", "--yes", "--now", NOW)
    stands = approved("status", "--now", NOW)

    for said in (asked, sent):
        assert "fast ingen läsare får det; skriv NEWSROOM_MAIL i .env" in said.err
    assert "skrivs bara till var/outgoing, och ni har 3 läsare" in " ".join(stands.out.split())


def test_send_again_reaches_nobody(approved: Terminal) -> None:
    """A second sending is for nobody, also when readers have come and the text has changed."""
    send(approved)
    add(approved, "late@example.se")
    put(approved.root, HOST, (approved.root / HOST).read_text().replace("Hej!", "Hej igen!"))

    said = approved.do("issue", "send", "2026-host", "--yes")

    assert said.out == "2026-host: klart; 3 mottagare: 3 mottagna\n"
    assert len(outgoing(approved)) == 3


def test_send_as_json(approved: Terminal) -> None:
    """As JSON with the keys of the status."""
    sent = approved.do("issue", "send", "2026-host", "--yes", "--json").json()

    assert sent.keys() >= STATUS_KEYS
    assert (sent["state"], sent["accepted"]) == ("done", 3)


def test_send_asks_first(approved: Terminal) -> None:
    """Without --yes it asks, with the number of readers, and a no sends nothing."""
    said = approved("issue", "send", "2026-host", "--now", AFTER_ITS_DAY, answer="n\n")

    assert said.status == 1
    assert "Ska 2026-host skickas till 3 läsare? [j/N]" in said.err
    assert outgoing(approved) == []


@pytest.mark.parametrize("answer", ["j", "ja", "JA", "y"])
def test_a_yes_in_swedish(approved: Terminal, answer: str) -> None:
    """`j` and `ja` are a yes as much as `y` is."""
    said = approved(
        "issue", "send", "2026-host", "--now", AFTER_ITS_DAY, answer=f"kanske\n{answer}\n"
    )

    assert said.status == 0
    assert "svara ja eller nej" in said.err
    assert len(outgoing(approved)) == 3


def test_an_issue_before_its_day(approved: Terminal) -> None:
    """Of an issue that is to leave on a later day the question says so."""
    said = approved("issue", "send", "2026-host", "--now", NOW, answer="\n")

    assert "2026-host skulle gå 2026-12-01 kl. 09.00." in said.err
    assert "Ska det skickas nu ändå, till 3 läsare?" in said.err
    assert outgoing(approved) == []


def test_what_may_not_be_sent_is_not_asked_about(written: Terminal) -> None:
    """An issue that nobody has approved is refused before anything is asked."""
    said = written("issue", "send", "2026-host", "--now", NOW, answer="j\n")

    assert said.status == 1
    assert "2026-host är inte godkänt" in said.err
    assert "[j/N]" not in said.err


def test_an_issue_is_not_frozen_for_nobody(written: Terminal) -> None:
    """With nobody on the list sending is refused, and works when somebody has come."""
    written.do("issue", "approve", "2026-host", "--by", "anna-ek")

    said = written("issue", "send", "2026-host", "--yes")
    add(written, "asa@example.se")
    send(written)

    assert said.status == 1
    assert "2026-host: ingen på listan skulle få det" in said.err
    assert len(outgoing(written)) == 1


def test_status_without_a_readable_file(approved: Terminal) -> None:
    """What is under way has its numbers also when its file is broken or gone."""
    send(approved)
    put(approved.root, HOST, "---\ntitle: [\n---\n")
    broken = approved.do("issue", "status", "2026-host")
    (approved.root / HOST).unlink()
    gone = approved.do("issue", "status", "2026-host")

    assert broken.out == gone.out == "2026-host: klart; 3 mottagare: 3 mottagna\n"


def test_status_of_a_broken_draft(written: Terminal) -> None:
    """Of a draft that cannot be read its faults are told, not that there is none."""
    put(written.root, HOST, "---\ntitle: [\n---\n")

    said = written("issue", "status", "2026-host")

    assert said.status == 1
    assert f"{HOST}:" in said.err
    assert "issue draft" not in said.err


def test_status_of_what_was_never_sent(written: Terminal) -> None:
    """A draft that the ledger has not heard of has a status all the same."""
    tally = written.do("issue", "status", "2026-host", "--json").json()

    assert tally.keys() >= STATUS_KEYS
    assert (tally["state"], tally["frozen"], tally["lanes"]) == ("drafted", 0, [])
