"""The commands' own words, and click's, in the language of the desk."""

import importlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po

from newsroom.cli import commands
from newsroom.cli.commands import KINDS
from newsroom.cli.examples import EXAMPLES
from newsroom.cli.overview import GROUPS, overview
from newsroom.cli.tongue import words_of
from tests.cli.terminal import Terminal
from tests.newsrooms import put, write_newsroom
from tests.processes import REPOSITORY, House, environment

CATALOGUE = REPOSITORY / "newsroom/locale/sv/LC_MESSAGES/commands.po"
ENTRIES = [entry for _, entries in GROUPS for entry in entries]
SPEAKING = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def swedish() -> dict[str, str]:
    """The catalogue: English to Swedish, of plural forms the first."""
    with CATALOGUE.open("rb") as file:
        return {first(message.id): first(message.string) for message in read_po(file) if message.id}


def first(words: object) -> str:
    """A message, or the first of its plural forms."""
    return str(words[0]) if isinstance(words, tuple | list) else str(words)


def of_the_overview() -> set[str]:
    """Each line that the overview has said."""
    asked: list[str] = []

    def note(line: str) -> str:
        asked.append(line)
        return line

    overview(note)
    return set(asked)


def of_the_commands(group: click.Group) -> Iterator[str]:
    """Each text that the commands say of themselves, as it is written."""
    for command in group.commands.values():
        yield from (inspect.cleandoc(command.help or ""), command.options_metavar or "")
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from (parameter.help or "", parameter.metavar or "")
            else:
                yield parameter.human_readable_name
        if isinstance(command, click.Group):
            yield command.subcommand_metavar
            yield from of_the_commands(command)


def written() -> click.Group:
    """The commands as their modules have them, in English."""
    modules = {e.name: importlib.import_module(f"newsroom.cli.{e.module}") for e in ENTRIES}
    return click.Group(
        commands={name: getattr(module, f"{name}_command") for name, module in modules.items()}
    )


def of_the_root() -> Iterator[str]:
    """Each message of what calls the commands, what stands for values, and the examples."""
    yield from KINDS.values()
    yield from EXAMPLES.values()
    with Path(commands.__file__).open("rb") as file:
        for _, _, message, _ in extract_python(file, {"gettext": None}, (), {}):
            if message:  # one that is no variable
                yield first(message)


def of_click() -> Iterator[str]:
    """Each message of click's."""
    for module in SPEAKING:
        with (Path(click.__file__).parent / f"{module}.py").open("rb") as file:
            for _, _, message, _ in extract_python(file, {"_": None, "ngettext": (1, 2)}, (), {}):
                yield first(message)


def test_whatever_the_commands_tell_of_themselves_has_its_swedish() -> None:
    """Each line of the overview, each help of a command and of an option is in the catalogue."""
    said = of_the_overview() | {*of_the_commands(written()), *of_the_root()} - {""}

    assert sorted(said - swedish().keys()) == []


def test_the_catalogue_holds_nothing_else() -> None:
    """Its other messages are click's: after an upgrade none is left that nobody says."""
    others = swedish().keys() - of_the_overview() - {*of_the_commands(written()), *of_the_root()}

    assert sorted(others - set(of_click())) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "Fel: kommandot chekc finns inte. Menar du 'check'?"),
        (("issue", "snd", "x"), "Fel: kommandot snd finns inte. Menar du 'send'?"),
        (("issue",), "  send       Skickar ett godkänt nummer"),
        (("build", "--drft"), "Fel: --drft finns inte. Menar du '--drafts'?"),
        (("--bogus",), "Fel: --bogus finns inte."),
        (("new",), "Fel: det här saknas: 'SORT'."),
        (("new", "news"), "Fel: det här saknas: 'RUBRIK'."),
        (("new", "news", "Vi", "har"), "Fel: för mycket skrivet: har. Står rubriken inom citat"),
        (("new", "nyhet", "x"), "Fel: 'SORT': \"nyhet\" heter news här; skriv news"),
        (("new", "Händelse", "x"), "Fel: 'SORT': \"Händelse\" heter event här; skriv event"),
        (("new", "notis", "x"), "Fel: 'SORT': \"notis\" går inte; skriv något av 'news', 'event'"),
        (("new", "news", "x", "--start", "2027-03-17"), "Fel: --start: bara en händelse har en"),
        (("new", "event", "x", "--start", "17/3 2027"), 'Fel: --start: "17/3 2027" är ingen tid'),
        (("run", "--port", "99999"), "Fel: '--port': 99999 går inte; det ska vara 0<=x<=65535."),
        (("schedule", "--days", "tio"), "Fel: '--days': \"tio\" är inget heltal."),
        (("check", "--now"), "Fel: skriv ett värde efter --now."),
        (("check", "--json=ja"), "Fel: --json står för sig själv, utan värde."),
        (("subscribers", "add", "a@example.se"), "Fel: det här saknas: '--consent'."),
        (("import", "markdown", "/nosuch"), "Fel: 'MAPP': /nosuch finns inte."),
        (("build", "--url", "nyheter"), 'Fel: --url: "nyheter" är ingen adress till en webb'),
    ],
)
def test_a_wrong_command_is_told_in_swedish(
    terminal: Terminal, arguments: tuple[str, ...], said: str
) -> None:
    """What is wrong, and how the command is written, in the language of the desk."""
    told = terminal(*arguments)

    assert told.status == 2
    assert said in told.err
    assert not any(english in told.err for english in ("Usage", "Error", "Try ", "Missing"))


def test_an_english_newsroom_speaks_english(terminal: Terminal) -> None:
    """The newsroom decides, not who was at it before."""
    assert terminal("chekc").err.startswith("Så här:")
    put(terminal.root, "posts/site.yaml", "language: en\n")

    assert terminal("chekc").err.endswith("Error: No such command 'chekc'. Did you mean 'check'?\n")
    assert terminal("new", "post", "x").err.endswith('"post" is called news here; write news\n')
    assert "Begin a new piece" in terminal.do("new", "--help").out


def test_each_command_has_help_in_swedish(terminal: Terminal) -> None:
    """Asked for help, a command tells of itself and of its options in the language of the desk."""
    out = terminal.do("new", "--help").out

    assert out.startswith("Så här: newsroom new [VAL] SORT RUBRIK\n")
    assert "news (nyhet), event (händelse)" in out
    assert "--start TID  När en händelse börjar" in out
    assert out.endswith("--help       Visa den här texten.\n")


@pytest.mark.parametrize(("lang", "start"), [("sv_SE.UTF-8", "Så här:"), ("C.UTF-8", "Usage:")])
def test_outside_a_newsroom_the_terminal_decides(tmp_path: Path, lang: str, start: str) -> None:
    """Where there is no newsroom, LANG says which language the help is in."""
    environ = environment({"LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""})

    for arguments in (("--help",), ("check", "--help")):
        done = subprocess.run(
            [sys.executable, "-m", "newsroom", *arguments],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.startswith(start)


def test_inside_a_newsroom_its_language_decides(tmp_path: Path) -> None:
    """In any folder of a Swedish newsroom the overview is in Swedish."""
    root = write_newsroom(tmp_path)

    assert House(root / "posts/news").do("--help").out.startswith("Så här: newsroom")


def test_a_language_without_a_catalogue() -> None:
    """Who has no translation reads English."""
    assert words_of("fi")("what is next") == "what is next"
    assert words_of("sv-FI")("what is next") == "vad som kommer härnäst"
