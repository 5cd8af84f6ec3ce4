"""The root command: finds the newsroom, loads a command when it is called, maps errors to exits."""

import importlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from newsroom import __version__
from newsroom.cli.overview import GROUPS, overview
from newsroom.errors import NewsroomError, OutsideError, SettingsError

_ENTRIES = {entry.name: entry for _, entries in GROUPS for entry in entries}


def real_clock() -> datetime:
    """The time now, UTC: the only place that asks the machine."""
    return datetime.now(UTC)


class Commands(click.Group):
    """The commands by name; a command's module is imported when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Every command, in the order of the overview."""
        return list(_ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        entry = _ENTRIES.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"newsroom.cli.{entry.module}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The overview, as `newsroom --help` prints it."""
        formatter.write(overview())

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (what click's own returns)
        """Run a command; what goes wrong becomes one line and an exit status."""
        try:
            return super().invoke(ctx)
        except NewsroomError as error:
            click.echo(f"newsroom: {in_words(error)}", err=True)
            sys.exit(exit_status(error))
        except BrokenPipeError:
            sys.exit(0)  # the reader of our output, `head` say, has seen enough
        except OSError as error:  # the disk is full, a folder may not be written to
            click.echo(f"newsroom: {error.filename or 'the system'}: {error.strerror}", err=True)
            sys.exit(exit_status(OutsideError()))


def in_words(error: NewsroomError) -> str:
    """What an error says, in the language of the desk."""
    from newsroom.cli.language import said

    return said(error.sentence)


def exit_status(error: NewsroomError) -> int:
    """2 for wrong usage, 3 for something outside, 1 for what the content or the state says."""
    if isinstance(error, SettingsError):
        return 2
    return 3 if isinstance(error, OutsideError) else 1


@click.group(cls=Commands)
@click.version_option(__version__, message="newsroom %(version)s")
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), help="The newsroom.")
@click.pass_context
def newsroom(context: click.Context, root: Path | None) -> None:
    """One folder of Markdown in; a site, feeds, a calendar and a newsletter out."""
    context.obj = root
