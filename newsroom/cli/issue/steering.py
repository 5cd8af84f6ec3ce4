"""An issue paused, resumed, called off, and its open questions settled."""

from collections.abc import Iterator

import click

from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk


@click.command("pause")
@click.argument("name")
@click.option("--reason", metavar="REASON", help="Shown in the status.")
@now_option
@at_desk
def pause(desk: Desk, name: str, reason: str | None) -> None:
    """Stop after the messages in hand."""
    from newsroom.jobs.issue.steer import pause_issue

    pause_issue(desk.database, name, reason, desk.clock())
    click.echo(
        said(
            say(
                "{name}: paused; go on with: {command}",
                name=name,
                command=f"newsroom issue resume {name}",
            )
        )
    )


@click.command("resume")
@click.argument("name")
@now_option
@at_desk
def resume(desk: Desk, name: str) -> None:
    """Go on with a paused issue."""
    from newsroom.jobs.issue.steer import resume_issue

    resume_issue(desk.database, name, desk.clock())
    click.echo(
        said(
            say(
                "{name}: goes on with newsroom run, or with: {command}",
                name=name,
                command=f"newsroom issue send {name}",
            )
        )
    )


@click.command("go")
@click.argument("name")
@click.option(
    "--by",
    metavar="NAME",
    help="Who has looked: a file name in contacts without .md, such as karin-ek.",
)
@now_option
@at_desk
def go(desk: Desk, name: str, by: str | None) -> None:
    """Let the rest follow the first few readers, after a look at how they fared."""
    from newsroom.jobs.issue.steer import let_the_rest_follow

    let_the_rest_follow(desk.database, name, by or "issue go", desk.clock())
    click.echo(said(say("{name}: the rest follows when the wait is over", name=name)))


@click.command("rest")
@click.argument("name")
@now_option
@at_desk
def rest(desk: Desk, name: str) -> None:
    """Once more to those who could not be reached, when an issue is done."""
    from newsroom.jobs.issue.steer import send_again_to_the_rest

    number = send_again_to_the_rest(desk.database, name, desk.site.sending, desk.clock())
    if number == 0:
        click.echo(said(say("{name}: there is nobody to write to again", name=name)))
        return
    command = f"newsroom issue send {name}"
    told = say(
        "{name}: {number} are tried again by newsroom run, or with: {command}",
        name=name,
        number=number,
        command=command,
    )
    click.echo(said(told))


@click.command("cancel")
@click.argument("name")
@click.option("--reason", metavar="REASON", help="Kept in the ledger.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@now_option
@at_desk
def cancel(desk: Desk, name: str, reason: str | None, yes: bool) -> None:  # noqa: FBT001
    """Call an issue off for everybody who has not been reached yet."""
    from newsroom.jobs.issue.steer import cancel_issue, require_cancellable
    from newsroom.wiring.issue_plan import departs, is_written

    require_cancellable(desk.database, name)
    if not yes:
        ask(say("Call {name} off for good?", name=name))
    why = reason or say("cancelled by hand")
    is_planned = is_written(desk, name) or departs(desk, name) is not None
    spared = cancel_issue(desk.database, name, why, desk.clock(), is_planned=is_planned)
    told = say("{name}: cancelled; readers who will not get it: {spared}", name=name, spared=spared)
    click.echo(said(told))


@click.command("resolve")
@click.argument("name")
@click.argument("emails", nargs=-1, metavar="[EMAIL]...")
@click.option("--accepted", "verdict", flag_value="accepted", help="They have it.")
@click.option("--resend", "verdict", flag_value="resend", help="Send it again.")
@now_option
@at_desk
def resolve(desk: Desk, name: str, emails: tuple[str, ...], verdict: str | None) -> None:
    """Settle messages of which nobody knows whether they left; without a verdict, list them."""
    from newsroom.jobs.issue.issue_status import issue_status
    from newsroom.jobs.issue.steer import resolve_issue

    if verdict is None:
        unknown = issue_status(desk.database, name, desk.clock()).unknown_recipients
        for email in unknown:
            click.echo(email)
        for line in _choices(name, len(unknown)):
            click.echo(said(line), err=True)
        return
    arrived = verdict == "accepted"
    settled = resolve_issue(desk.database, name, emails, arrived=arrived, now=desk.clock())
    click.echo(said(say("{name}: {number} settled", name=name, number=settled)))


def _choices(name: str, number: int) -> Iterator[Saying]:
    """What can be said of copies of which nobody knows whether they left, and what follows."""
    if not number:
        yield say("{name}: there is nothing to settle", name=name)
        return
    yield say("{name}: nobody knows whether these copies left: {number}", name=name, number=number)
    yield say(
        "they have it, and are not sent it again: {command}",
        command=f"newsroom issue resolve {name} --accepted",
    )
    yield say(
        "they do not have it, and it is sent again, which some may then get twice: {command}",
        command=f"newsroom issue resolve {name} --resend",
    )
    yield say("an address after the name settles that one alone")
