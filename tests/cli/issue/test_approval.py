"""`issue`: tried out on a few, and approved."""

import email
from contextlib import closing
from datetime import UTC, datetime
from email import policy
from pathlib import Path

from newsroom.database import transaction
from newsroom.database.restorations import Restoration, note_restoration
from newsroom.delivery.catcher import MailCatcher
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.cli.issue.letters import HOST, add, outgoing, send
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put

JUST_NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


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


def test_a_test_goes_before_a_restore_is_confirmed(written: Terminal) -> None:
    """It is in no ledger, and goes to whoever was named; that readers get nothing yet is told."""
    with (
        closing(Desk(Settings.from_env(written.root, {}), lambda: JUST_NOW)) as desk,
        transaction(desk.database) as connection,
    ):
        note_restoration(connection, Restoration("t", JUST_NOW, JUST_NOW, alone=True))

    said = written.do("issue", "test", "2026-host", "--to", "asa@example.se", "--now", NOW)
    written.do("restore", "--confirm", "--now", NOW)
    after = written.do("issue", "test", "2026-host", "--to", "asa@example.se", "--now", NOW)

    told = "läsarna får inget före: newsroom restore --confirm"
    assert said.out == "2026-host: skickat på prov till asa@example.se\n"
    assert told in said.err
    assert told not in after.err


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
        "newsroom issue approve 2026-host --by NAMN\n"
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
    assert "2026-host ändrades efter att anna-ek godkände det; få" in said.err
    assert listed[0]["state"] == "drafted"
    assert outgoing(approved) == []
    send(approved)
    assert len(outgoing(approved)) == 3


def test_test_in_more_than_one_language(written: Terminal) -> None:
    """Each address gets each language that is named; the mark stands in subject and body."""
    written.do(
        *("issue", "test", "2026-host", "--to", "asa@example.se", "--lang", "sv", "--lang", "en")
    )

    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in outgoing(written)
    ]
    languages = {str(mail["Content-Language"]): mail for mail in mails}
    assert languages.keys() == {"sv", "en"}
    assert len({mail["Message-ID"] for mail in mails}) == 2
    for mail in mails:
        body = mail.get_body(("plain",))
        assert body is not None
        assert str(mail["Subject"]).startswith("[Test] ")
        assert body.get_content().startswith("[Test] ")
        assert "/avsluta/exempel" in body.get_content()
    refused = written("issue", "test", "2026-host", "--to", "asa@example.se", "--lang", "fi")
    assert refused.err.endswith("2026-host finns inte på språket fi; det finns på: sv, en\n")
    assert refused.status == 1


def test_whose_task_is_over_approves_no_more(written: Terminal) -> None:
    """An approver whose `until` is past is refused at the command line, too."""
    contact = written.root / "posts/contacts/anna-ek.md"
    contact.write_text(contact.read_text().replace("groups:", "until: 2026-11-01\ngroups:"))

    said = written("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    assert said.status == 1
    assert "uppdraget för anna-ek" in said.err


def test_a_yes_is_taken_back(approved: Terminal) -> None:
    """The issue is a draft again, and is not sent."""
    said = approved.do("issue", "undo", "2026-host", "--by", "anna-ek", "--now", NOW)

    assert said.out == (
        "2026-host: stoppat, inget har skickats; det är ett utkast igen\n"
        "2026-host: går tisdag 1 december 2026 kl.\N{NO-BREAK SPACE}09.00\n"
        "2026-host: sista dagen att godkänna är fredag 27 november 2026\n"
    )
    assert approved("issue", "send", "2026-host", "--yes").status == 1
    assert outgoing(approved) == []


def test_another_day(approved: Terminal) -> None:
    """A date or a week; the list shows the new day, and the yes still holds."""
    said = approved.do(
        *("issue", "postpone", "2026-host", "--to", "vecka 50", "--by", "anna-ek", "--now", NOW)
    )

    assert said.out == "2026-host: går tisdag 8 december 2026 kl.\N{NO-BREAK SPACE}09.00\n"
    (listed, *_) = approved.do("issue", "list", "--json").json()
    assert (listed["slot"], listed["state"]) == ("2026-12-08T08:00:00Z", "approved")
    refused = approved("issue", "postpone", "2026-host", "--to", "snart", "--by", "anna-ek")
    assert refused.status == 1
    assert refused.err == (
        'newsroom: "snart" är ingen dag; skriv 2026-12-08, 8 december eller vecka 50\n'
    )


def test_the_approvers_are_asked(written: Terminal) -> None:
    """The mail goes to the first approver, with a link to the review page."""
    said = written.do("issue", "review", "2026-host", "--now", NOW)

    (path,) = outgoing(written)
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert said.out == "2026-host: mejlat till Anna Ek\n"
    assert said.err.startswith("det ligger i ")
    assert mail["To"] == "anna@example.se"
    assert str(mail["Subject"]).startswith("Granska: Nyhetsbrev hösten 2026")


def test_a_day_on_which_no_mail_leaves_says_when_the_first_does(approved: Terminal) -> None:
    """Postponed to a Sunday, the letter goes on Monday, and whoever set the day is told."""
    site = approved.root / "posts/site.yaml"
    site.write_text(
        site.read_text().replace(
            "hours: always", 'hours: {days: monday to friday, from: "08:00", to: "16:00"}'
        )
    )

    said = approved.do(
        *("issue", "postpone", "2026-host", "--to", "6 december", "--by", "anna-ek", "--now", NOW)
    )

    assert said.out == (
        "2026-host: går måndag 7 december 2026 kl.\N{NO-BREAK SPACE}08.00 (inte söndag 6 december "
        "2026 kl.\N{NO-BREAK SPACE}09.00, för då får inga mejl gå)\n"
    )


def test_taking_a_yes_back_says_when_the_issue_leaves_now(approved: Terminal) -> None:
    """The day that was set stays, and is told."""
    by = ("--by", "anna-ek", "--now", NOW)
    approved.do("issue", "postpone", "2026-host", "--to", "2026-12-08", *by)

    said = approved.do("issue", "undo", "2026-host", *by)

    assert said.out.splitlines()[1:] == [
        "2026-host: går tisdag 8 december 2026 kl.\N{NO-BREAK SPACE}09.00",
        "2026-host: sista dagen att godkänna är fredag 4 december 2026",
    ]


def test_a_near_day_asks_for_the_yes_at_once(written: Terminal) -> None:
    """No last day to approve is told that is past, and no reminder."""
    autumn = 'month: december, day: first tuesday, at: "09:00", draft: 21 days before'
    schedule = f"newsletter:\n  host: {{{autumn}, remind: 5 days before}}\n"
    put(written.root, "schedule.yaml", schedule)
    by = ("--by", "anna-ek", "--now", "2026-11-23T07:00")

    said = written.do("issue", "postpone", "2026-host", "--to", "2026-11-23 09:00", *by).out

    assert said.splitlines()[1:] == [
        "2026-host: godkänn det nu, annars går det inte: newsroom issue approve 2026-host --by NAMN"
    ]


def test_a_move_tells_that_an_edit_has_ended_the_yes(approved: Terminal) -> None:
    """Who sets another day for a text that nobody has said yes to hears so at once."""
    put(approved.root, HOST, ISSUE.replace("Hej!", "Hej igen!"))
    by = ("--by", "anna-ek", "--now", NOW)

    said = approved.do("issue", "postpone", "2026-host", "--to", "2026-12-08", *by).out

    assert "2026-host: ändrat efter att anna-ek godkände det" in said
    assert "2026-host: sista dagen att godkänna är" in said
