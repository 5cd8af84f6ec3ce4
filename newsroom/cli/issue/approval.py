"""An issue tried out on a few, and approved."""

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import print_problems
from newsroom.model.saying import say
from newsroom.wiring import Desk, composing, newsletter, review

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


def _tell_where(desk: Desk) -> None:
    """Where a mail lies that does not leave this machine."""
    if not desk.settings.mail.startswith("folder:"):
        return
    told = say(
        "it lies in {where}: set NEWSROOM_MAIL to have mail leave this machine",
        where=desk.settings.mail.removeprefix("folder:"),
    )
    click.echo(said(told), err=True)


def _tell_when(desk: Desk, name: str) -> None:
    """When an issue leaves, and that its first mail waits when no mail may leave then."""
    leaves = newsletter.departs(desk, name)
    if leaves is None:
        click.echo(said(say("{name}: no day is set for it", name=name)))
        return
    at, first = (each.astimezone(desk.site.timezone) for each in (leaves.at, leaves.first_mail))
    click.echo(said(say("{name}: leaves {leaves:%Y-%m-%d %H:%M}", name=name, leaves=at)))
    if first > at + desk.site.sending.undo:
        told = say("no mail may leave then; the first one goes {first:%Y-%m-%d %H:%M}", first=first)
        click.echo(said(told))
