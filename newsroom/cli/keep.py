"""`import`: what another system held."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json, problem_json
from newsroom.cli.desk import at_desk, json_option
from newsroom.cli.language import said
from newsroom.cli.problems import counted, print_problems
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.content.foreign.clipping import Export
    from newsroom.jobs.writing.import_clippings import Brought
    from newsroom.jobs.writing.import_markdown import Imported

    _Reads = Callable[[bytes, PurePosixPath], Export]

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would come, and write nothing.")


@click.group("import")
def import_command() -> None:
    """Bring in what another system held."""


@import_command.command("markdown")
@click.argument("source", type=_FOLDER)
@click.option("--assets", type=_FOLDER, help="Where the pictures of the old site are.")
@click.option("--old-site", metavar="URL", help="Its address, for links to what is not imported.")
@json_option
@at_desk
def import_folder(
    desk: Desk,
    source: Path,
    assets: Path | None,
    old_site: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Bring in a folder of Markdown with front matter, as Jekyll, Eleventy and Hugo keep it."""
    from newsroom.jobs.writing.import_markdown import import_markdown

    done = import_markdown(source, desk.settings.root, desk.site, assets=assets, old_site=old_site)
    if as_json:
        counts = {"posts": done.posts, "known": done.known, "assets": done.assets}
        paths = {name: [str(path) for path in paths] for name, paths in counts.items()}
        told = {**paths, "undescribed": done.undescribed}
        print_json({**told, "problems": [problem_json(problem) for problem in done.problems]})
        return
    print_problems(done.problems)
    for line in _summary(done):
        click.echo(said(line))


def _summary(done: "Imported") -> Iterator[Saying]:
    """What was brought in, and what waits for somebody."""
    posts, files, remarks = len(done.posts), len(done.assets), len(done.problems)
    yield say(
        "{posts}, {known} there already, {files}, {remarks}",
        posts=counted(posts, say("1 post written"), say("{number} posts written", number=posts)),
        known=len(done.known),
        files=counted(
            files, say("1 picture copied"), say("{number} pictures copied", number=files)
        ),
        remarks=counted(remarks, say("1 remark"), say("{number} remarks", number=remarks)),
    )
    yield from _waiting(done.undescribed)


def _waiting(pictures: int) -> Iterator[Saying]:
    """That pictures wait for somebody who describes them."""
    if pictures:
        yield say(
            "{pictures} for a description; find them with: {command}",
            pictures=counted(
                pictures, say("1 picture waits"), say("{number} pictures wait", number=pictures)
            ),
            command="newsroom check",
        )


def _of_an_export(assets: str) -> "Callable[[_Reads], Callable[..., None]]":
    """A command that brings in what a function reads of a file; `assets` tells of the pictures."""

    def command_of(reads: "_Reads") -> Callable[..., None]:
        @click.argument("file", type=_FILE)
        @click.option("--assets", type=_FOLDER, help=assets)
        @_dry_run
        @json_option
        @at_desk
        @wraps(reads)
        def command(
            desk: Desk,
            file: Path,
            assets: Path | None,
            dry_run: bool,  # noqa: FBT001
            as_json: bool,  # noqa: FBT001
        ) -> None:
            export = reads(file.read_bytes(), PurePosixPath(file.name))
            _bring_in(desk, export, assets, dry_run=dry_run, as_json=as_json)

        return command

    return command_of


@import_command.command("wordpress")
@_of_an_export("A copy of wp-content/uploads of the old site.")
def import_wordpress(data: bytes, name: PurePosixPath) -> "Export":
    """Bring in the posts and pages of WordPress: Tools, Export, All content gives the file."""
    from newsroom.content.foreign.wordpress import read_wordpress

    return read_wordpress(data, name)


@import_command.command("feed")
@_of_an_export("Where the pictures of the old site are.")
def import_feed(data: bytes, name: PurePosixPath) -> "Export":
    """Bring in the posts of a feed that was saved as a file: RSS, Atom or JSON Feed."""
    from newsroom.content.foreign.feed import read_feed

    return read_feed(data, name)


def _bring_in(
    desk: Desk, export: "Export", assets: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    from newsroom.jobs.writing.import_clippings import import_clippings

    root, site = desk.settings.root, desk.site
    done = import_clippings(export, root, site, assets=assets, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "pieces": [{"path": str(path), "title": title} for path, title in done.pieces],
                "known": [str(path) for path in done.known],
                "assets": [str(path) for path in done.assets],
                "undescribed": done.undescribed,
                "left": dict(done.left),
                "problems": [problem_json(problem) for problem in done.problems],
            }
        )
        return
    print_problems(done.problems)
    for path, title in done.pieces:
        click.echo(f"{path}: {title}")
    for line in (*_left(done), *_count(done, dry_run=dry_run), *_waiting(done.undescribed)):
        click.echo(said(line))


def _count(done: "Brought", *, dry_run: bool) -> Iterator[Saying]:
    told = {
        "pieces": len(done.pieces),
        "known": len(done.known),
        "files": len(done.assets),
        "remarks": len(done.problems),
    }
    if dry_run:
        yield say(
            "would be written: {pieces}, there already: {known}, files copied: {files}, remarks: "
            "{remarks}; nothing was changed",
            **told,
        )
    else:
        yield say(
            "written: {pieces}, there already: {known}, files copied: {files}, remarks: {remarks}",
            **told,
        )


def _left(done: "Brought") -> Iterator[Saying]:
    """What has no place here."""
    for name, number in done.left.items():
        what = say("comments") if name == "comments" else name
        yield say(
            "left out, since there is no place for them here: {what} ({number})",
            number=number,
            what=what,
        )
