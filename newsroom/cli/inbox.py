"""`inbox`: the mails that came back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk, post_in

_LONGEST = 150  # characters of an answer that are shown

if TYPE_CHECKING:
    from newsroom.bounces.classify import MailKind, Returned


@click.group("inbox")
def inbox_command() -> None:
    """The mails that came back."""


@inbox_command.command("fetch")
@now_option
@json_option
@at_desk
def fetch(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Read what has come to the inbox since the last time, and do what follows from it."""
    found = post_in.fetch(desk)
    if as_json:
        print_json({str(what): number for what, number in found.counts.items()})
        return
    click.echo(said(found.sentence))


@inbox_command.command("classify")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@json_option
def classify(files: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001
    """Say what mails saved as files are, and whom they name. Nothing follows from it."""
    from newsroom.bounces.classify import classify as verdict_on

    verdicts = [(file, verdict_on(file.read_bytes())) for file in files]
    if as_json:
        print_json(
            [
                {
                    "file": str(file),
                    "kind": verdict.kind.value,
                    "recipients": [_row(one) for one in verdict.recipients],
                }
                for file, verdict in verdicts
            ]
        )
        return
    for file, verdict in verdicts:
        click.echo(f"{file}: {said(_kind_words(verdict.kind))}")
        for one in verdict.recipients:
            words = (one.email, said(one.cause.words), one.status, _shortened(one.diagnostic))
            click.echo("  " + "  ".join(word for word in words if word))


def _shortened(words: str | None) -> str | None:
    """What fits a line or two of what a server, or a person, wrote."""
    if words is None or len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rstrip()}…"


@inbox_command.command("undo")
@click.argument("email")
@now_option
@at_desk
def undo(desk: Desk, email: str) -> None:
    """Take back what bounces and complaints did to an address: it gets the newsletter again."""
    from newsroom.jobs.returned.undo_bounce import undo_bounce
    from newsroom.readers.addresses import canonical

    address = canonical(email)
    if not undo_bounce(desk.database, desk.keys, address, desk.clock()):
        raise StateError(say("no bounce and no complaint counts against {email}", email=address))
    click.echo(said(say("nothing counts against {email} any more", email=address)))


def _row(one: "Returned") -> dict[str, object]:
    return {
        "email": one.email,
        "severity": one.severity.value,
        "cause": one.cause.value,
        "status": one.status,
        "diagnostic": one.diagnostic,
    }


def _kind_words(kind: "MailKind") -> Saying:
    match kind.value:
        case "bounce":
            return say("a mail that came back")
        case "complaint":
            return say("a complaint")
        case "auto-reply":
            return say("an answer by a program")
    return say("something else")
