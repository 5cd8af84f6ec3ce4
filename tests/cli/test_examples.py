"""The whole line that is shown when a command lacks something."""

import shlex
from collections.abc import Iterator

import click
import pytest

from newsroom.cli.commands import newsroom
from newsroom.cli.examples import EXAMPLES, example_of
from newsroom.cli.tongue import words_of
from tests.cli.terminal import Terminal


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by how it is called."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        called = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, called)
        else:
            yield called, command


def test_every_command_that_needs_something_has_an_example() -> None:
    """Whoever leaves out what has to be there is shown a line that has it."""
    needing = {
        path
        for path, command in commands(newsroom)
        if any(parameter.required for parameter in command.params)
    }

    assert sorted(needing - EXAMPLES.keys()) == []


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_a_line_that_the_command_takes(path: str, language: str) -> None:
    """Each example has all that its command needs, by click's own judgement."""
    found = dict(commands(newsroom))[path]
    words = shlex.split(words_of(language)(EXAMPLES[path]).removeprefix(path))

    parser = found.make_parser(click.Context(found, info_name=path))
    given, rest, _ = parser.parse_args(args=words)

    assert rest == []
    for parameter in found.params:
        assert not parameter.required or given.get(str(parameter.name))


def test_a_missing_option_shows_the_whole_line(terminal: Terminal) -> None:
    """The name of what is missing alone helps nobody who does not know how it is written."""
    said = terminal("issue", "test", "2026-host")

    assert said.status == 2
    assert (
        "Fel: det här saknas: '--to'. "
        "Till exempel: newsroom issue test 2026-host --to asa@example.se" in said.err
    )


def test_an_english_desk_is_shown_an_english_line(terminal: Terminal) -> None:
    """What stands in an example is in the language of whoever reads it."""
    settings = terminal.root / "posts/site.yaml"
    english = settings.read_text(encoding="utf-8").replace("language: sv", "language: en")
    settings.write_text(english, encoding="utf-8")

    shown = (terminal("new").err, terminal("issue", "test").err)

    assert 'For example: newsroom new news "We have opened".' in shown[0]
    assert "For example: newsroom issue test 2026-autumn --to anna@example.se" in shown[1]
    assert [line for line in EXAMPLES.values() if not line.isascii()] == []


def test_a_command_without_an_example_shows_none() -> None:
    """It is better to show nothing than a line that does not work."""
    assert example_of("newsroom check") is None


def test_what_stands_for_a_value_is_swedish(terminal: Terminal) -> None:
    """No TEXT, CONTACT, DIR or TITLE in the help of a Swedish desk."""
    for command in (("issue", "approve"), ("issue", "export"), ("new",), ("init",)):
        told = terminal.do(*command, "--help").out
        for word in (" TITLE", " DIR", " CONTACT", " DIRECTORY", " PATH", "--by TEXT"):
            assert word not in told
    assert "--by NAMN" in terminal.do("issue", "approve", "--help").out
    assert "karin-ek" in terminal.do("issue", "approve", "--help").out
    assert "--out MAPP" in terminal.do("issue", "export", "--help").out
