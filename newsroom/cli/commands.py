"""The root command: finds the newsroom, loads a command when it is called, maps errors to exits."""

import importlib
import os
import sys
from copy import copy
from datetime import UTC, datetime
from gettext import gettext
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoSuchCommand

from newsroom import __version__
from newsroom.cli.examples import example_of
from newsroom.cli.overview import GROUPS, overview
from newsroom.cli.tongue import language_of, speak
from newsroom.errors import NewsroomError, OutsideError, SettingsError

# What stands for the value of an option that has no word of its own.
KINDS = {"directory": "FOLDER", "path": "PATH", "integer": "NUMBER", "integer range": "NUMBER"}
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
        return spoken(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; of a misspelt one, the names that are most like it."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=_ENTRIES, ctx=ctx) from None

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """What the line of usage says after the program's name."""
        return [gettext("[OPTIONS]"), gettext("COMMAND [ARGS]...")]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The overview, as `newsroom --help` prints it."""
        formatter.write(overview(gettext))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (what click's own returns)
        """Run a command; what goes wrong becomes one line and an exit status."""
        try:
            return super().invoke(ctx)
        except click.MissingParameter as error:
            raise _with_example(error) from None
        except NewsroomError as error:
            _tell_end(_said(error.sentence))
            sys.exit(exit_status(error))
        except BrokenPipeError:
            sys.exit(0)  # the reader of our output, `head` say, has seen enough
        except OSError as error:  # the disk is full, a folder may not be written to
            _tell_end(_refused(error))
            sys.exit(exit_status(OutsideError()))
        except Exception as error:
            if not _is_the_databases(error):
                raise
            _tell_end(_said(_no_database(error)))
            sys.exit(exit_status(OutsideError()))


def spoken(command: click.Command) -> click.Command:
    """A command that tells of itself in the language of the desk; else it stays what it is."""
    told = copy(command)
    told.help = gettext(cleandoc(command.help or ""))
    told.short_help = _first_sentence(told.help)
    told.options_metavar = gettext(command.options_metavar or "")
    told.params = [_spoken_parameter(parameter) for parameter in command.params]
    if isinstance(told, click.Group):
        told.subcommand_metavar = gettext(told.subcommand_metavar)
        told.commands = {name: spoken(one) for name, one in told.commands.items()}
    return told


def _first_sentence(told: str) -> str:
    """What lists of commands say of one: to its end, where click would cut it short."""
    paragraph = " ".join(told.partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".")


def _spoken_parameter(parameter: click.Parameter) -> click.Parameter:
    told = copy(parameter)
    if isinstance(told, click.Option) and not told.metavar and not told.is_flag:
        told.metavar = KINDS.get(told.type.name)
    if told.metavar or isinstance(told, click.Argument):
        told.metavar = gettext(told.metavar or told.human_readable_name)
    if isinstance(told, click.Option) and told.help:
        told.help = gettext(told.help)
    return told


def _with_example(error: click.MissingParameter) -> click.MissingParameter:
    """The same, with the command as it looks with everything it needs."""
    example = example_of(error.ctx.command_path) if error.ctx else None
    told = gettext("For example: {line}").format(line=example) if example else error.message
    return click.MissingParameter(told, error.ctx, error.param, error.param_hint, error.param_type)


def _tell_end(words: str) -> None:
    """Why the command ends. A log that programs read, which has been begun by now, has it too."""
    log = sys.modules.get("newsroom.cli.log")
    if log is None or not log.note_end(words):
        click.echo(f"newsroom: {words}", err=True)


def _said(what: str) -> str:
    """What went wrong, in the language of the desk."""
    from newsroom.cli.language import said

    return said(what)


def _refused(error: OSError) -> str:
    """What the system did not let us do, and why."""
    from newsroom.model.refusal import why

    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{_said(why(error))}"


def _is_the_databases(error: Exception) -> bool:
    """Whether the database refuses. Who has not opened it has not loaded its library either."""
    library = sys.modules.get("sqlalchemy.exc")
    return library is not None and isinstance(error, library.OperationalError)


def _no_database(error: Exception) -> str:
    """That the database is locked, full or away, with its own words for it."""
    from newsroom.model.saying import say

    reason = " ".join(str(getattr(error, "orig", error)).split())
    return say(
        "the database refuses ({reason}); see that it is there, that its disk has room and that "
        "nobody keeps it locked, then try again",
        reason=reason,
    )


def exit_status(error: NewsroomError) -> int:
    """2 for wrong usage, 3 for something outside, 1 for what the content or the state says."""
    if isinstance(error, SettingsError):
        return 2
    return 3 if isinstance(error, OutsideError) else 1


def _enter(context: click.Context, _option: click.Parameter, root: Path | None) -> None:
    """From now on the newsroom is this one, and its language is spoken."""
    context.obj = root
    if root:
        speak(language_of(root, os.environ))


@click.group(cls=Commands)
@click.version_option(__version__, message="newsroom %(version)s")
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_enter,
    is_eager=True,
    expose_value=False,
    help="The newsroom.",
)
def newsroom() -> None:
    """One folder of Markdown in; a site, feeds, a calendar and a newsletter out."""
