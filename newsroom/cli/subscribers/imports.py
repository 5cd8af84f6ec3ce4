"""`subscribers import`: a list of people from elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import counted
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.jobs.readers.import_subscribers import Imported


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--consent", required=True, help="Where and how these people said yes.")
@click.option("--address-book", is_flag=True, help="Each person in this address book said yes.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@now_option
@json_option
@at_desk
def import_file(  # noqa: PLR0913, PLR0917 (its options)
    desk: Desk,
    file: Path,
    consent: str,
    address_book: bool,  # noqa: FBT001
    dry_run: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Bring in a list: CSV with a header row, or one address a line."""
    from newsroom.jobs.readers import import_subscribers as job

    content, lang = file.read_bytes(), desk.site.language
    listed = job.ListFile(file.name, content, consent, lang, is_address_book=address_book)
    with _progress() as show:
        imported = job.import_subscribers(
            desk.database, desk.keys, listed, desk.clock(), show, dry_run=dry_run
        )
    if as_json:
        print_json(imported)
        return
    for skip in imported.skipped:
        place = said(say("row {number}", number=skip.row))
        whose = f"{skip.email}: " if skip.email else ""
        click.echo(f"{place}: {whose}{said(skip.reason)}", err=True)
    click.echo(said(_outcome(imported, dry_run=dry_run)))
    if imported.ended:
        click.echo(said(_ended(imported, dry_run=dry_run)))
    for line in _read(imported, desk.site.language):
        click.echo(said(line))
    if imported.contacts and not address_book:
        click.echo(said(job.address_book(file.name, imported.contacts)), err=True)


def _outcome(imported: "Imported", *, dry_run: bool) -> Saying:
    told = {
        "rows": counted(imported.rows, say("1 row"), say("{number} rows", number=imported.rows)),
        "added": imported.added,
        "known": imported.known,
        "skipped": len(imported.skipped),
    }
    if dry_run:
        return say(
            "{rows}: {added} would be added, {known} known already, {skipped} left out; "
            "nothing was changed",
            **told,
        )
    return say("{rows}: {added} added, {known} known already, {skipped} left out", **told)


def _ended(imported: "Imported", *, dry_run: bool) -> Saying:
    """How many of those left out are kept out from now on, and how many lose the newsletter."""
    told = {"ended": imported.ended, "lost": imported.lost}
    if dry_run:
        return say("of those {ended} would be ended, {lost} of whom get the newsletter", **told)
    return say("of those {ended} were ended, {lost} of whom got the newsletter", **told)


def _read(imported: "Imported", language: str) -> Iterator[Saying]:
    """How the file was read, where somebody might have meant it otherwise."""
    if imported.columns:
        yield say("the addresses were read from: {columns}", columns=_quoted(imported.columns))
    if imported.columns_unread:
        left = _quoted(imported.columns_unread)
        yield say("other addresses were left alone, in: {columns}", columns=left)
    for other in imported.unwritten:
        yield say(
            '{people} ask for the language "{written}", in which no letter comes; they get {own}',
            people=other.people,
            written=other.language,
            own=language,
        )


def _quoted(headings: tuple[str, ...]) -> str:
    return ", ".join(f'"{heading}"' for heading in headings)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Shows how far an import is, while it takes long, to a person at a terminal."""
    watched = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        if watched:
            line = say("{done} of {total} addresses", done=done, total=of)
            click.echo(f"\r\x1b[K{said(line)}", err=True, nl=False)

    yield show
    if watched:
        click.echo("\r\x1b[K", err=True, nl=False)
