"""`import`: what another system held."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json, problem_json
from newsroom.cli.desk import at_desk, json_option
from newsroom.cli.language import said
from newsroom.cli.problems import counted, print_problems
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.jobs.writing.import_markdown import Imported

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


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
    waiting = done.undescribed
    if waiting:
        yield say(
            "{pictures} for a description; find them with: {command}",
            pictures=counted(
                waiting, say("1 picture waits"), say("{number} pictures wait", number=waiting)
            ),
            command="newsroom check",
        )
