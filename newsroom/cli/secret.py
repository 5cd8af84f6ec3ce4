"""`secret`: what the links in all mails hang on, changed without breaking the old ones."""

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import Saying, say
from newsroom.model.seal import mark_of
from newsroom.settings.secret import Secret, secrets_in_file, write_secrets
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.jobs.keep.secret_use import SecretUse


@click.group("secret")
def secret_command() -> None:
    """The secret that the links in all mails hang on, and the earlier ones."""


@secret_command.command("show")
@json_option
@at_desk
def show(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Which secrets are in use and what hangs on each; never the secrets themselves."""
    found = _uses(desk)
    if as_json:
        print_json(found)
        return
    for use in found:
        click.echo(said(_line(use)))


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
    today = desk.clock().astimezone(desk.site.timezone).date()
    earlier = tuple(replace(one, leaked=one.leaked or leaked) for one in here)
    write_secrets(desk.settings.root, (Secret(_new(here), today), *earlier))
    click.echo(
        said(
            say(
                "a new secret signs from now on, and {number} earlier still answer; start newsroom "
                "again, on every machine, and make a backup: {command}",
                number=len(here),
                command="newsroom backup",
            )
        )
    )


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
        today = desk.clock().astimezone(desk.site.timezone).date()
        old = use is not None and use.links_end(today)
        ask(_harmless() if old else _harm())
    kept = tuple(one for one in here if mark_of(one.word.encode()).hex() != mark)
    write_secrets(desk.settings.root, kept)
    click.echo(said(say("dropped; start newsroom again, on every machine")))


def _uses(desk: Desk) -> "tuple[SecretUse, ...]":
    from newsroom.database import reading
    from newsroom.jobs.keep.secret_use import uses

    since = {one.word.encode(): one.since for one in secrets_in_file(desk.settings.root)}
    with reading(desk.database) as connection:
        return uses(connection, [(key, since.get(key)) for key in desk.keys])


def _in_file(desk: Desk) -> tuple[Secret, ...]:
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


def _new(here: tuple[Secret, ...]) -> str:
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


def _line(use: "SecretUse") -> Saying:
    signs = say("signs") if use.newest else say("answers for earlier mails")
    since = f"{use.since:%Y-%m-%d}" if use.since else "?"
    return say(
        "{mark}  since {since}  {signs}; addresses kept out: {kept_out}, perhaps {perhaps} more",
        mark=use.mark,
        since=since,
        signs=signs,
        kept_out=use.kept_out,
        perhaps=use.perhaps,
    )
