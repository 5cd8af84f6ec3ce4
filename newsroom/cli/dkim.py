"""`dkim`: the keys that mail is signed with, and what is published of them."""

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.commands import real_clock
from newsroom.cli.desk import at_desk, json_option
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.settings import Settings, find_root
from newsroom.wiring import Desk
from newsroom.wiring.post_out import read_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsroom.dkim.key import Key


@click.group("dkim")
def dkim_command() -> None:
    """The keys that show receivers that mail is your own (DKIM)."""


@dkim_command.command("new")
@click.argument("selector", default="nyhetsbrev")
@click.option("--domain", metavar="DOMAIN", help="Whose mail it signs, if not the sender's domain.")
@click.option(
    "--kind",
    type=click.Choice(["rsa", "ed25519"]),
    default="rsa",
    show_default=True,
    help="RSA is verified everywhere; Ed25519 can stand beside it.",
)
@json_option
@click.pass_context
def new(
    context: click.Context, selector: str, domain: str | None, kind: str, *, as_json: bool
) -> None:
    """Make a key in var/dkim, and print the record to publish in DNS.

    SELECTOR is a name that tells the domain's keys apart.
    """
    from newsroom.dkim.key import KeyKind
    from newsroom.jobs.make_key import make_key

    root = (context.find_root().obj or find_root(Path.cwd())).absolute()
    settings = Settings.from_env(root, {**os.environ, "NEWSROOM_DKIM": ""})  # it is not there yet
    with closing(Desk(settings, real_clock)) as desk:
        sender = _sender_domain(desk)
    file = Path("var", "dkim", f"{selector}.pem")
    key = make_key(root / file, selector, domain or sender, KeyKind(kind))
    _tell([key], sender, as_json=as_json)
    line = f"NEWSROOM_DKIM={key.selector}@{key.domain}:{file.as_posix()}"
    click.echo(
        said(say("publish this; when everybody can see it, write {line} into .env", line=line)),
        err=True,
    )


@dkim_command.command("show")
@json_option
@at_desk
def show(desk: Desk, *, as_json: bool) -> None:
    """Print what DNS must hold for the keys that mail is signed with."""
    keys = read_keys(desk.settings)
    if not keys and not as_json:
        raise StateError(say("mail is not signed; begin with: newsroom dkim new"))
    _tell(keys, _sender_domain(desk), as_json=as_json)


def _sender_domain(desk: Desk) -> str:
    return desk.site.sender.email.rpartition("@")[2]


def _tell(keys: "Sequence[Key]", sender: str, *, as_json: bool) -> None:
    """The records; and beside them that a key is of another domain than mail is from."""
    for key in keys:
        if not key.is_of(sender):
            told = say(
                "mail is from {sender}, and the key is of {domain}: receivers will not count it",
                sender=sender,
                domain=key.domain,
            )
            click.echo(said(told), err=True)
    if as_json:
        print_json([_as_json(key) for key in keys])
        return
    for key in keys:
        click.echo(f"{key.record_name}  TXT\n{key.record}")
        if len(key.record_strings) > 1:
            zone = " ".join(f'"{piece}"' for piece in key.record_strings)
            click.echo(said(say("in a zone file: {zone}", zone=f"( {zone} )")))


def _as_json(key: "Key") -> dict[str, object]:
    return {
        "selector": key.selector,
        "domain": key.domain,
        "kind": key.kind,
        "name": key.record_name,
        "record": key.record,
    }
