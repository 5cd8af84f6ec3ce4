"""The overview of the commands."""

import importlib

import click
import pytest

from newsroom.cli.commands import newsroom
from newsroom.cli.overview import GROUPS, overview
from newsroom.cli.tongue import words_of
from tests.cli.terminal import Terminal
from tests.newsrooms import put

ENTRIES = [entry for _, entries in GROUPS for entry in entries]


def test_each_entry_is_a_command() -> None:
    """Each name leads to a command of that name in the module that is named."""
    for entry in ENTRIES:
        module = importlib.import_module(f"newsroom.cli.{entry.module}")
        assert getattr(module, f"{entry.name}_command").name == entry.name


def test_help_is_the_overview(terminal: Terminal) -> None:
    """Asked in either way, the help is the same, and names each command once."""
    for lang in ("sv", "en"):
        put(terminal.root, "posts/site.yaml", f"language: {lang}\n")
        assert terminal("--help").out.rstrip() == overview(words_of(lang)).rstrip()
    assert newsroom.list_commands(click.Context(newsroom)) == [entry.name for entry in ENTRIES]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_it_fits_a_terminal(lang: str) -> None:
    """No line is wider than what terminals have by habit."""
    assert max(len(line) for line in overview(words_of(lang)).splitlines()) <= 80
