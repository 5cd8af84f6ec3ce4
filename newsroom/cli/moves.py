"""`withdraw` and `rename`: what readers know is taken back, or gets another address."""

from pathlib import Path

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.cli.naming import source_of
from newsroom.model.saying import say
from newsroom.wiring import Desk


@click.command("withdraw")
@click.argument("file")
@click.option("--reason", help="What readers are told; asked for when it is left out.")
@now_option
@at_desk
def withdraw_command(desk: Desk, file: str, reason: str | None) -> None:
    """Take a published text back: a short page says so, and why."""
    from newsroom.jobs.writing.withdraw import withdraw

    source = source_of(desk, Path(file))
    reason = reason or click.prompt(said(say("Why is it withdrawn? Readers see this")))
    card = withdraw(desk.settings.root, source, desk.read_newsroom(), reason, desk.clock())
    url = f"{desk.site.url}/{card.address}"
    click.echo(
        said(
            say(
                "{file}: withdrawn; {url} says so once it is published: newsroom publish",
                file=card.source,
                url=url,
            )
        )
    )


@click.command("rename")
@click.argument("file")
@click.argument("slug", metavar="NEW-SLUG")
@now_option
@at_desk
def rename_command(desk: Desk, file: str, slug: str) -> None:
    """Give a text another address; the old one leads on to it."""
    from newsroom.jobs.writing.rename import rename

    source, root = source_of(desk, Path(file)), desk.settings.root
    renamed = rename(root, source, desk.read_newsroom(), slug, desk.clock())
    click.echo(said(say("{old} is now {new}", old=renamed.old, new=renamed.new)))
    for changed in renamed.files:
        click.echo(said(say("written in {file}", file=changed)))
