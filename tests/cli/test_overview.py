"""The overview of the commands."""

import importlib

import click

from newsroom.cli.commands import newsroom
from newsroom.cli.overview import GROUPS, overview
from tests.cli.terminal import Terminal

ENTRIES = [entry for _, entries in GROUPS for entry in entries]


def test_each_entry_is_a_command() -> None:
    """Each name leads to a command of that name in the module that is named."""
    for entry in ENTRIES:
        module = importlib.import_module(f"newsroom.cli.{entry.module}")
        assert getattr(module, f"{entry.name}_command").name == entry.name


def test_help_is_the_overview(terminal: Terminal) -> None:
    """Asked in either way, the help is the same, and names each command once."""
    assert terminal("--help").out.rstrip() == overview().rstrip()
    assert newsroom.list_commands(click.Context(newsroom)) == [entry.name for entry in ENTRIES]


def test_it_fits_a_terminal() -> None:
    """No line is wider than what terminals have by habit."""
    assert max(len(line) for line in overview().splitlines()) <= 80
