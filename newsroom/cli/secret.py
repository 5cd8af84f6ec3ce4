"""`secret`: what the links in all mails hang on, changed without breaking the old ones."""

import secrets
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import Saying, say
from newsroom.model.seal import mark_of
from newsroom.settings.secret import LinkSecret, secrets_in_file, secrets_known, write_secrets
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
    from newsroom.database import transaction
    from newsroom.jobs.keep.secret_use import write_down_marks

    here = _in_file(desk)
    with transaction(desk.database) as connection:
        write_down_marks(connection, desk.keys)
    earlier = tuple(replace(one, leaked=one.leaked or leaked) for one in here)
    write_secrets(desk.settings.root, (LinkSecret(_new(here), _today(desk)), *earlier))
    for line in _rotated(len(here), leaked=leaked):
        click.echo(said(line))


@secret_command.command("drop")
@click.argument("mark")
@click.option("--yes", is_flag=True, help="Drop it without asking.")
@now_option
@at_desk
def drop(desk: Desk, mark: str, yes: bool) -> None:  # noqa: FBT001
    """Believe an earlier secret no longer. MARK is what `secret show` calls it."""
    here = _in_file(desk)
    called = [one for one in _uses(desk) if one.mark == mark]
    if len(called) > 1:
        raise _ambiguous(mark, len(called))
    use = called[0] if called else None
    _refuse(use, mark)
    if not yes:
        old = use is not None and use.links_end(_today(desk))
        ask(_harmless() if old else _harm())
    kept = tuple(one for one in here if mark_of(one.word.encode()).hex() != mark)
    write_secrets(desk.settings.root, kept)
    click.echo(said(say("dropped; start newsroom again, on every machine")))


def _uses(desk: Desk) -> "tuple[SecretUse, ...]":
    from newsroom.database import reading
    from newsroom.jobs.keep.secret_use import uses

    known = secrets_known(desk.settings.root, desk.keys)
    with reading(desk.database) as connection:
        return uses(connection, known)


def _in_file(desk: Desk) -> tuple[LinkSecret, ...]:
    """The secrets in `var/secret`. Raises StateError where the environment names others."""
    here = secrets_in_file(desk.settings.root)
    if tuple(one.word.encode() for one in here) != desk.keys:
        raise StateError(
            say(
                "NEWSROOM_SECRET names the secrets here; write a new one first in it, with a comma "
                "before the old ones, and start newsroom again"
            )
        )
    return here


def _new(here: tuple[LinkSecret, ...]) -> str:
    """A secret whose mark no other one has: a link is then tried with one secret only."""
    taken = {mark_of(one.word.encode()) for one in here}
    while True:
        word = secrets.token_urlsafe(32)
        if mark_of(word.encode()) not in taken:
            return word


def _ambiguous(mark: str, number: int) -> StateError:
    """That a mark is one byte, and that of several secrets."""
    return StateError(
        say(
            "{number} secrets are called {mark}, so nothing was dropped; take the line of the one "
            "you mean out of var/secret (newsroom secret show has them in the order of its lines) "
            "and start newsroom again, on every machine",
            number=number,
            mark=mark,
        )
    )


def _refuse(use: "SecretUse | None", mark: str) -> None:
    """Raises StateError for a secret that is not there, signs, or keeps somebody out."""
    if use is None:
        raise StateError(say("there is no secret {mark}; see: newsroom secret show", mark=mark))
    if use.newest:
        raise StateError(
            say("{mark} is the one that signs; first: newsroom secret rotate", mark=mark)
        )
    if use.is_needed:
        raise StateError(
            say(
                "{mark} cannot be dropped: {number} addresses that must stay out are known by it "
                "alone, or may be, and the next list could bring them back",
                mark=mark,
                number=use.kept_out + use.perhaps,
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
