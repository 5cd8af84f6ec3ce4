"""`subscribers`: those who read the newsletter."""

import click

from newsroom.cli.subscribers import imports, lists, people, stats


@click.group(
    "subscribers",
    commands=(
        people.add,
        lists.list_subscribers,
        people.show,
        imports.import_file,
        people.export,
        people.leave,
        people.forget,
        stats.stats,
        stats.verify,
    ),
)
def subscribers_command() -> None:
    """The list of those who read the newsletter."""
