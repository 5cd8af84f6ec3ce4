"""`secret`: what the links in all mails hang on, changed without breaking the old ones."""

from datetime import date
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import Saying, say
from newsroom.settings.secret import secrets_in_file, secrets_known
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsroom.jobs.keep.secret_use import SecretUse


@click.group("secret")
def secret_command() -> None:
    """The secret that the links in all mails hang on, and the earlier ones."""


@secret_command.command("show")
@json_option
@now_option
@at_desk
def show(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Which secrets are in use and what hangs on each; never the secrets themselves."""
    found = _uses(desk)
    if as_json:
        print_json(found)
        return
    click.echo(
        said(say("The links in all mails hang on these secrets, here by their marks alone:"))
    )
    for use in found:
        click.echo(said(_role(use)))
        if (stays := _stays(use, _today(desk))) is not None:
            click.echo(f"    {said(stays)}")


@secret_command.command("rotate")
@click.option(
    "--leaked",
    is_flag=True,
    help="Somebody may have seen the earlier ones: they open no review and nobody's data any more.",
)
@now_option
@at_desk
def rotate(desk: Desk, leaked: bool) -> None:  # noqa: FBT001
    """Sign with a new secret from now on; the earlier ones still answer for their mails."""
    from newsroom.jobs.keep.secret_change import rotate as job

    _require_in_file(desk)
    earlier = job(desk.settings.root, desk.database, _today(desk), leaked=leaked)
    for line in _rotated(earlier, leaked=leaked):
        click.echo(said(line))


@secret_command.command("drop")
@click.argument("mark")
@click.option("--yes", is_flag=True, help="Drop it without asking.")
@now_option
@at_desk
def drop(desk: Desk, mark: str, yes: bool) -> None:  # noqa: FBT001
    """Believe an earlier secret no longer. MARK is what `secret show` calls it."""
    from newsroom.jobs.keep.secret_change import drop as job
    from newsroom.jobs.keep.secret_change import droppable

    _require_in_file(desk)
    root, database = desk.settings.root, desk.database
    use = droppable(database, secrets_in_file(root), mark)
    if not yes:
        ask(_harmless() if use.links_end(_today(desk)) else _harm())
    job(root, database, mark)
    click.echo(said(say("dropped; start newsroom again, on every machine")))


def _uses(desk: Desk) -> "tuple[SecretUse, ...]":
    from newsroom.database import reading
    from newsroom.jobs.keep.secret_use import uses

    known = secrets_known(desk.settings.root, desk.keys)
    with reading(desk.database) as connection:
        return uses(connection, known)


def _require_in_file(desk: Desk) -> None:
    """Pass where `var/secret` names the secrets. Raises StateError where the environment does."""
    if desk.settings.names_secrets:
        raise StateError(
            say(
                "NEWSROOM_SECRET names the secrets here; write a new one first in it, with a comma "
                "before the old ones, and start newsroom again"
            )
        )


def _harm() -> Saying:
    return say(
        "It may have signed mails of the last 36 months: their links for leaving would stop "
        "working, and what comes back of them would not be known. So would links to confirm, to "
        "review and to one's own data that are on their way. Drop it?"
    )


def _harmless() -> Saying:
    return say("No link that it signed has to work any longer. Drop it?")


def _rotated(number: int, *, leaked: bool) -> "Iterator[Saying]":
    """What a new secret changes, for whom, and what is to be done now."""
    yield say("a new secret signs the links in mails from now on")
    if leaked:
        yield say(
            "the earlier ones ({number}) count as leaked: links to a review or to a reader's own "
            "data that are on their way open nothing any more, and have to be asked for anew. "
            "Links for leaving work as before",
            number=number,
        )
    else:
        yield say(
            "links in earlier mails work as before ({number} earlier secrets answer for them)",
            number=number,
        )
    yield say(
        "the calendar of the newsletter's days has a new address for each approver, and the old "
        "ones have ended: {command}",
        command="newsroom issue deadlines --by …",
    )
    yield say(
        "start newsroom again, on every machine, and make a backup: {command}",
        command="newsroom backup",
    )


def _role(use: "SecretUse") -> Saying:
    """What a secret is for."""
    span = _span(use)
    if use.newest:
        return say("{mark}  signs every new link, {span}", mark=use.mark, span=span)
    if use.leaked:
        return say(
            "{mark}  signed before, {span}; leaked: of its links only those for leaving still work",
            mark=use.mark,
            span=span,
        )
    return say("{mark}  signed before, {span}; its links still work", mark=use.mark, span=span)


def _stays(use: "SecretUse", today: date) -> Saying | None:
    """Why a secret has to be kept, or how it is let go."""
    if use.is_needed:
        return say(
            "has to stay: addresses that must be kept out are known by it alone ({kept_out}), or "
            "may be ({perhaps})",
            kept_out=use.kept_out,
            perhaps=use.perhaps,
        )
    if use.newest:
        return None
    if use.links_end(today):
        return say("may go: {command}", command=f"newsroom secret drop {use.mark}")
    if use.may_go is None:
        return say("keep it for 36 months after the last mail that it signed")
    return say("keep it until {day:%Y-%m-%d}: so long its links have to work", day=use.may_go)


def _span(use: "SecretUse") -> Saying:
    match use.since, use.until:
        case None, None:
            return say("since a day that nobody wrote down")
        case since, None:
            return say("since {since:%Y-%m-%d}", since=since)
        case None, until:
            return say("until {until:%Y-%m-%d}", until=until)
        case since, until:
            return say("from {since:%Y-%m-%d} to {until:%Y-%m-%d}", since=since, until=until)


def _today(desk: Desk) -> date:
    return desk.clock().astimezone(desk.site.timezone).date()
