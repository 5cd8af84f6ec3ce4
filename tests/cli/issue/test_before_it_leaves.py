"""`issue status`, `review` and `send` of an issue that nobody has been sent."""

import re
from contextlib import closing
from datetime import UTC, datetime

from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter
from tests.cli.issue.letters import HOST, add, outgoing
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put

HOST_SCHEDULE = """\
newsletter:
  host: {month: december, day: first tuesday, at: "09:00", draft: 21 days before}
"""


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_draft_says_its_day_its_readers_and_what_is_next(written: Terminal) -> None:
    """A draft has no numbers: when it leaves, to how many readers now, and who is asked next."""
    put(written.root, "schedule.yaml", HOST_SCHEDULE)
    add(written, "asa@example.se")

    said = written.do("issue", "status", "2026-host", "--now", NOW)
    told = written.do("issue", "status", "2026-host", "--now", NOW, "--json").json()

    assert plain(said.out).splitlines() == [
        "2026-host: utkast",
        "  går tisdag 1 december 2026 kl. 09.00, till 1 läsare som listan ser ut nu",
        "  nästa steg: fråga om godkännande: newsroom issue review 2026-host",
    ]
    assert (told["leaves_at"], told["readers"]) == ("2026-12-01T08:00:00Z", 1)
    assert (told["approvals"], told["missing_approvals"]) == ([], 1)


def test_an_approved_issue_says_who_said_yes(approved: Terminal) -> None:
    """It tells who approved it and when, and that nobody has to do anything more."""
    put(approved.root, "schedule.yaml", HOST_SCHEDULE)

    said = approved.do("issue", "status", "2026-host", "--now", NOW)
    told = approved.do("issue", "status", "2026-host", "--now", NOW, "--json").json()

    lines = plain(said.out).splitlines()
    assert lines[0] == "2026-host: godkänt"
    assert "till 3 läsare" in lines[1]
    assert re.fullmatch(r"  godkänt av Anna Ek 2026-\d\d-\d\d kl\. \d\d\.\d\d", lines[2])
    assert lines[3].startswith("  nästa steg: inget; newsroom run skickar det då")
    assert [one["by"] for one in told["approvals"]] == ["anna-ek"]


def test_what_forbids_a_yes_is_the_next_step(written: Terminal) -> None:
    """A draft that cannot be approved says so before anybody is asked."""
    put(written.root, HOST, ISSUE.replace("Hej!", "[Skriv några rader till läsarna här.]"))

    said = written.do("issue", "status", "2026-host", "--now", NOW)

    assert "måste rättas först: posts/newsletters/2026-host.md" in said.out
    assert said.out.splitlines()[-1] == "  nästa steg: se allt: newsroom issue check 2026-host"


def test_nobody_to_send_to_and_no_day(written: Terminal) -> None:
    """An empty list and a missing day are told as what they are."""
    put(written.root, "schedule.yaml", "publish: {every: 5 minutes}\n")

    said = written.do("issue", "status", "2026-host", "--now", NOW)

    assert said.out.splitlines()[1:] == [
        "  ingen dag är bestämd, till 0 läsare som listan ser ut nu",
        "  nästa steg: ingen står på listan; lägg till läsare först: newsroom subscribers add",
    ]


def test_a_cancelled_issue_has_no_empty_numbers(approved: Terminal) -> None:
    """One that was called off before it was fixed tells why, and no zeros."""
    approved.do("issue", "cancel", "2026-host", "--yes", "--reason", "mötet är inställt")

    said = approved.do("issue", "status", "2026-host")

    assert said.out == "2026-host: inställt (mötet är inställt)\n"


def test_asking_with_the_relay_away_exits_with_3(written: Terminal) -> None:
    """Nobody was mailed, which is said with the name, the reason and exit status 3."""
    written.mail = "smtp://127.0.0.1:9"

    for command in (("review", "2026-host"), ("test", "2026-host", "--to", "asa@example.se")):
        said = written("issue", *command, "--now", NOW)

        assert said.status == 3
        assert said.out == ""
        assert "127.0.0.1:9 går inte att nå: ingen svarar där" in said.err
        assert "Errno" not in said.err
        assert "  " not in said.err
    asked = written("issue", "review", "2026-host", "--now", NOW)
    assert asked.err.startswith("newsroom: 2026-host: mejlet kom inte iväg. Anna Ek: ")


def test_asking_when_no_approver_has_an_address(written: Terminal) -> None:
    """Then nobody can be asked, which is no success."""
    contact = written.root / "posts/contacts/anna-ek.md"
    contact.write_text(re.sub("email: .*\n", "", contact.read_text()))

    said = written("issue", "review", "2026-host", "--now", NOW)

    assert said.status == 1
    assert "ingen som godkänner har någon mejladress" in said.err


def test_sending_early_what_comes_later_keeps_the_yes(written: Terminal) -> None:
    """An item that is public only on the day of the letter stops an early send, not the yes."""
    put(written.root, "schedule.yaml", HOST_SCHEDULE)
    add(written, "asa@example.se")
    later = "---\nid: urn:x:s\ntitle: Senare\ndate: 2026-11-25\n---\n\nSnart.\n"
    put(written.root, "posts/news/2026-11-25-senare.md", later)
    put(written.root, HOST, ISSUE.replace("[host,", "[senare, host,"))
    written.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    said = written("issue", "send", "2026-host", "--yes", "--now", NOW)

    assert said.status == 1
    assert said.err.startswith(
        "newsroom: 2026-host är godkänt för 2026-12-01 och godkännandet gäller fortfarande. "
        "Skickas det nu blir det här fel:\n"
    )
    assert '"senare"' in said.err
    assert outgoing(written) == []
    assert written.do("issue", "list", "--json", "--now", NOW).json()[0]["state"] == "approved"


def test_sending_early_what_hangs_on_the_day_keeps_the_yes(written: Terminal) -> None:
    """A letter that says something else today than on its day is not sent, and keeps its yes."""
    put(written.root, "schedule.yaml", HOST_SCHEDULE)
    add(written, "asa@example.se")
    later = "---\nid: urn:x:s\ntitle: Senare\ndate: 2026-11-25\n---\n\nSnart.\n"
    put(written.root, "posts/news/2026-11-25-senare.md", later)
    put(written.root, HOST, ISSUE.replace("Hej!", "Läs [mer](../news/2026-11-25-senare.md)."))
    written.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    said = written("issue", "send", "2026-host", "--yes", "--now", NOW)

    assert said.status == 1
    assert "skulle bli ett annat i dag" in said.err
    assert "newsroom issue postpone 2026-host --to DAG --by NAMN" in said.err
    assert written.do("issue", "list", "--json", "--now", NOW).json()[0]["state"] == "approved"


def edited(terminal: Terminal) -> None:
    """The conference that the issue tells of is called off."""
    path = next((terminal.root / "posts/events").glob("*konferens*"))
    path.write_text(path.read_text().replace("title:", "status: cancelled\ntitle:", 1))


def test_an_event_that_is_called_off_after_the_yes_is_told_at_once(approved: Terminal) -> None:
    """The yes was to another letter: nobody waits for the next look to hear that it is no more."""
    put(approved.root, "schedule.yaml", HOST_SCHEDULE)
    edited(approved)

    said = approved.do("issue", "status", "2026-host", "--now", NOW)
    told = approved.do("issue", "status", "2026-host", "--now", NOW, "--json").json()

    lines = plain(said.out).splitlines()
    assert lines[0] == "2026-host: utkast (ändrat efter att anna-ek godkände det)"
    assert lines[2].startswith("  godkänt av Anna Ek 20")
    assert lines[2].endswith(", men ändrat sedan dess: det godkännandet gäller inte längre")
    assert "issue review 2026-host" in lines[-1]
    assert (told["state"], told["approvals"], told["missing_approvals"]) == ("drafted", [], 1)
    whole = approved("status", "--now", NOW, "--json").json()
    asking = [care["about"] for care in whole["cares"] if care["worry"] == "approval"]
    assert asking == ["2026-host"]
    assert approved.do("issue", "list", "--json", "--now", NOW).json()[0]["state"] == "approved"


def test_one_that_is_called_off_before_the_first_mail_is_told_at_once(approved: Terminal) -> None:
    """Its page would show what nobody approved, so nothing leaves: the status says it before."""
    later = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with closing(Desk(Settings.from_env(approved.root, {}), lambda: later)) as desk:
        newsletter.freeze_issue(desk, "2026-host")
    ask = ("issue", "status", "2026-host", "--now", "2026-11-22T10:01")
    before = approved.do(*ask).out
    edited(approved)

    said = approved.do(*ask).out

    assert before.startswith("2026-host: låst; ")
    assert said.startswith(
        "2026-host: låst (dess sida kunde inte publiceras: posts/newsletters/2026-host.md säger "
        "inte längre det som låstes"
    )
