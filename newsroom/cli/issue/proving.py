"""What can be proved of an issue, as files."""

from pathlib import Path

import click

from newsroom.cli.desk import at_desk
from newsroom.cli.language import desk_language
from newsroom.wiring import Desk, composing


@click.command("evidence")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    required=True,
    help="The folder for it.",
)
@at_desk
def evidence(desk: Desk, name: str, out: Path) -> None:
    """Write what was sent, who approved it and what became of it; no reader's address is in it."""
    from newsroom.jobs.issue.evidence import SUMS
    from newsroom.output.drawer import Drawer

    files = composing.evidence(desk, name, desk_language())
    drawer = Drawer(out, SUMS)
    for file, content in files.items():
        drawer.put(file, content)
        click.echo(out / file)
