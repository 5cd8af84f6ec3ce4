"""`import`: what another system held."""

from pathlib import Path

import click

from newsroom.cli.desk import (
    at_desk,
    counted,
    json_option,
    print_json,
    print_problems,
    problem_json,
)
from newsroom.wiring import Desk

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
    from newsroom.jobs.import_markdown import import_markdown

    done = import_markdown(source, desk.settings.root, desk.site, assets=assets, old_site=old_site)
    if as_json:
        counts = {"posts": done.posts, "known": done.known, "assets": done.assets}
        paths = {name: [str(path) for path in paths] for name, paths in counts.items()}
        print_json({**paths, "problems": [problem_json(problem) for problem in done.problems]})
        return
    print_problems(done.problems)
    click.echo(
        f"{counted(len(done.posts), 'post')} written, {len(done.known)} there already, "
        f"{counted(len(done.assets), 'picture')} copied, {counted(len(done.problems), 'remark')}"
    )
