"""`dkim`: the keys that mail is signed with, and what is published of them."""

import os
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
    if domain is None:  # the settings may name the key that is not there yet
        settings = Settings.from_env(root, {**os.environ, "NEWSROOM_DKIM": ""})
        domain = Desk(settings, real_clock).site.sender.email.rpartition("@")[2]
    file = Path("var", "dkim", f"{selector}.pem")
    key = make_key(root / file, selector, domain, KeyKind(kind))
    _tell([key], as_json=as_json)
    line = f"NEWSROOM_DKIM={selector}@{domain}:{file.as_posix()}"
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
    _tell(keys, as_json=as_json)


def _tell(keys: "tuple[Key, ...] | list[Key]", *, as_json: bool) -> None:
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
