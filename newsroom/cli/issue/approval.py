"""An issue tried out on a few, and approved."""

from typing import TYPE_CHECKING

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import desk_language, said
from newsroom.cli.problems import print_problems
from newsroom.model.saying import joined, say
from newsroom.wiring import (
    Desk,
    before_sending,
    composing,
    deadlines,
    issue_plan,
    newsletter,
    review,
)
from newsroom.wiring.restored import is_restored

if TYPE_CHECKING:
    from newsroom.jobs.approval.deadlines import Deadline

by_option = click.option(
    "--by",
    metavar="NAME",
    required=True,
    help="The approver: a file name in contacts without .md, such as karin-ek.",
)


@click.command("test")
@click.argument("name")
@click.option(
    "--to", "addresses", metavar="EMAIL", multiple=True, required=True, help="May be repeated."
)
@click.option("--lang", "langs", metavar="LANG", multiple=True, help="sv or en; may be repeated.")
@now_option
@at_desk
def test(desk: Desk, name: str, addresses: tuple[str, ...], langs: tuple[str, ...]) -> None:
    """Send the issue, marked as a test, to a few addresses. The ledger does not know of it."""
    from newsroom.jobs.issue.export import send_test
    from newsroom.jobs.issue.proofread import proofread
    from newsroom.readers.addresses import canonical

    people, proof = [canonical(address) for address in addresses], newsletter.proof(desk, name)
    print_problems(proofread(proof))
    send_test(proof, people, desk.mailer, desk.clock(), langs)
    click.echo(said(say("{name}: sent as a test to {names}", name=name, names=", ".join(people))))
    _tell_where(desk)
    _tell_of_a_restore(desk)


@click.command("approve")
@click.argument("name")
@by_option
@now_option
@at_desk
def approve(desk: Desk, name: str, by: str) -> None:
    """Say yes to exactly the text that the issue has now."""
    if missing := review.approve(desk, name, by):
        told = say(
            "{name}: approved by {by}; {number} more must approve it",
            name=name,
            by=by,
            number=missing,
        )
    else:
        told = say(
            "{name}: approved by {by}; an edit from now on asks for a new approval",
            name=name,
            by=by,
        )
    click.echo(said(told))
    print_problems(composing.findings(desk, name, links=False))


@click.command("review")
@click.argument("name")
@now_option
@at_desk
def ask(desk: Desk, name: str) -> None:
    """Mail the approvers the issue and a link to its review page."""
    mailed = review.ask(desk, name)
    click.echo(said(say("{name}: mailed to {names}", name=name, names=mailed.names)))
    _tell_where(desk)


@click.command("undo")
@click.argument("name")
@by_option
@now_option
@at_desk
def undo(desk: Desk, name: str, by: str) -> None:
    """Take the yes back, as long as the first mail has not left."""
    review.stop(desk, name, by)
    click.echo(said(say("{name}: stopped, and nothing has been sent; it is a draft", name=name)))
    _tell_when(desk, name)
    _tell_what_is_needed(desk, name)


@click.command("postpone")
@click.argument("name")
@click.option("--to", "day", metavar="DAY", required=True, help="2026-12-08, or week 50.")
@by_option
@now_option
@at_desk
def postpone(desk: Desk, name: str, day: str, by: str) -> None:
    """Set another day for an issue; a yes holds as long as its text is the same."""
    review.postpone(desk, name, day, by)
    _tell_when(desk, name)
    _tell_what_is_needed(desk, name)


def _tell_where(desk: Desk) -> None:
    """Where a mail lies that does not leave this machine."""
    if not desk.settings.mail.startswith("folder:"):
        return
    told = say(
        "it lies in {where}: set NEWSROOM_MAIL to have mail leave this machine",
        where=desk.settings.mail.removeprefix("folder:"),
    )
    click.echo(said(told), err=True)


def _tell_of_a_restore(desk: Desk) -> None:
    """That readers get nothing yet, though a test went: it is in no ledger, so nobody gets two."""
    if not is_restored(desk):
        return
    told = say(
        "the database was brought back from a backup: readers are sent nothing before: {command}",
        command="newsroom restore --confirm",
    )
    click.echo(said(told), err=True)


def _tell_when(desk: Desk, name: str) -> None:
    """When an issue leaves, and why not at its own time when no mail may leave then."""
    from newsroom.jobs.issue.leaving_words import when_sent
    from newsroom.render.words import Words

    leaves = issue_plan.departs(desk, name)
    if leaves is None:
        click.echo(said(say("{name}: no day is set for it", name=name)))
        return
    when = when_sent(leaves, Words(desk_language()), desk.site.timezone)
    click.echo(said(say("{name}: leaves on {when}", name=name, when=when)))


def _tell_what_is_needed(desk: Desk, name: str) -> None:
    """By when an issue without its yes must have it, and whether somebody is reminded before.

    No day that is past is told; a yes to another text than the one there is now is none.
    """
    from newsroom.jobs.approval.deadlines import IssueDay
    from newsroom.jobs.issue.departure import reminds
    from newsroom.render.words import Words

    days, words = deadlines.days_of(desk, name), Words(desk_language())
    last, word = days.get(IssueDay.APPROVE), days.get(IssueDay.REMIND)
    edited, now = before_sending.edited_issues(desk).get(name), desk.clock()
    if edited is not None:
        click.echo(said(joined(": ", (name, edited))))
    if last is None or (last.approved_by is not None and edited is None):
        return
    if last.at.astimezone(desk.site.timezone).date() < now.astimezone(desk.site.timezone).date():
        command = say("newsroom issue approve {name} --by NAME", name=name)
        told = say(
            "{name}: approve it now, or it does not leave: {command}", name=name, command=command
        )
        click.echo(said(told))
        return

    def on(day: "Deadline") -> str:
        local = day.at.astimezone(desk.site.timezone)
        return f"{words.weekday(local)} {words.date(local)}"

    click.echo(said(say("{name}: the last day to approve it is {day}", name=name, day=on(last))))
    if word is not None and word.at > now:
        told = say("{name}: who can approve it is reminded on {day}", name=name, day=on(word))
        click.echo(said(told))
    elif reminds(desk.schedule_if_any(), name):
        told = say("{name}: nobody is reminded, there is no time for it before that day", name=name)
        click.echo(said(told))
