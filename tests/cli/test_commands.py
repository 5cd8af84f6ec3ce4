"""What holds for every command: where the newsroom is, what time it is, how it ends."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsroom.cli.commands import exit_status
from newsroom.errors import (
    AddressError,
    ContentError,
    DeliveryError,
    NewsroomError,
    OutsideError,
    ScheduleError,
    SettingsError,
    StateError,
)
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.processes import PATIENCE, House, environment

HEAVY = {"click", "sqlalchemy", "jinja2", "babel", "lxml", "dbos", "pydantic", "yaml"}


def imported(root: Path, *arguments: str) -> set[str]:
    """The packages that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newsroom", *arguments],
        cwd=root,
        env=environment({}),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.rpartition("|")[2] for line in done.stderr.splitlines() if "|" in line)
    return {name.strip().partition(".")[0] for name in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ()])
def test_the_overview_costs_nothing(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Saying which commands there are needs no library, and no newsroom."""
    assert imported(tmp_path, *arguments) & HEAVY == set()


def test_a_build_imports_neither_database_nor_network(tmp_path: Path) -> None:
    """With nobody to announce to, building loads nothing that it does not use."""
    names = imported(write_newsroom(tmp_path), "build")

    assert names & {"sqlalchemy", "dbos", "apscheduler", "httpx", "uvicorn", "smtplib"} == set()


def test_the_newsroom_is_the_nearest_folder_upward(tmp_path: Path) -> None:
    """A command finds its newsroom from any folder inside it."""
    root = write_newsroom(tmp_path)

    said = House(root / "posts/news").do("check")

    assert said.out == "0 fel, 0 varningar, 0 upplysningar\n"


def test_no_newsroom_here(tmp_path: Path) -> None:
    """Outside any newsroom a command says how to come by one."""
    said = House(tmp_path).run("check")

    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"newsroom: {tmp_path}: no newsroom here, nor in any folder above it; "
        "run this where posts/ is, give --root DIR, or make one with: newsroom init DIR\n"
    )


def test_no_newsroom_at_the_root(tmp_path: Path) -> None:
    """A --root that holds no posts/ is wrong usage."""
    said = Terminal(tmp_path)("build")

    assert said.status == 2
    assert f"{tmp_path}: there is no posts/ in it" in said.err


def test_wrong_settings_are_all_told(terminal: Terminal) -> None:
    """Every setting with a fault is named at once, with what to write; none that may be secret."""
    put(terminal.root, ".env", "NEWSROOM_DATABASE=mysql://x\n")
    terminal.mail = "carrier-pigeon:coop"

    said = terminal("build")

    assert said.status == 2
    assert 'NEWSROOM_DATABASE börjar med "mysql:"' in said.err
    assert "NEWSROOM_MAIL börjar med" in said.err
    assert "smtp+starttls://user:password@host:587" in said.err


def test_a_database_that_is_away(terminal: Terminal) -> None:
    """A database that cannot be reached is told in a line, without its password, with exit 3."""
    settings = "NEWSROOM_DATABASE=postgresql://news:s3cret-word@127.0.0.1:9/news\n"
    put(terminal.root, ".env", settings)

    said = terminal("status")

    assert (said.status, said.out) == (3, "")
    assert said.err.startswith("newsroom: databasen i NEWSROOM_DATABASE: ")
    assert said.err.count("\n") == 1
    assert "s3cret-word" not in said.err


def test_a_database_that_is_none(terminal: Terminal) -> None:
    """A file that is no database is left as it is and told."""
    path = put(terminal.root, "var/newsroom.db", "a letter to somebody, and no database at all")

    said = terminal("status")

    assert said.status == 3
    assert said.err.endswith(": file is not a database\n")
    assert path.read_text().startswith("a letter")


def test_a_database_that_refuses(terminal: Terminal) -> None:
    """A database that stops answering in the middle is told in a line, with exit 3."""
    terminal.do("subscribers", "list")
    with closing(sqlite3.connect(terminal.root / "var/newsroom.db")) as line:
        line.execute("ALTER TABLE subscriber RENAME TO elsewhere")

    said = terminal("subscribers", "list")

    assert (said.status, said.out) == (3, "")
    assert said.err.startswith("newsroom: databasen säger nej (no such table: subscriber); ")
    assert said.err.count("\n") == 1


def test_what_the_system_refuses(terminal: Terminal) -> None:
    """A file that stands where a folder is needed is named, with exit 3 and no traceback."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)

    said = terminal("issue", "export", "2026-host", "--out", str(terminal.root / "schedule.yaml"))

    assert said.status == 3
    assert (
        said.err
        == f"newsroom: {terminal.root}/schedule.yaml: det finns redan något med det namnet\n"
    )


@pytest.mark.parametrize("when", ["soon", "2026-13-01", ""])
def test_a_time_that_is_none(terminal: Terminal, when: str) -> None:
    """A --now that cannot be read is wrong usage, and says how to write one."""
    said = terminal("build", "--now", when)

    assert said.status == 2
    assert "är ingen tid; skriv 2026-12-01T09:00" in said.err


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31"])
def test_a_time_beyond_all_calendars(terminal: Terminal, when: str) -> None:
    """A time that cannot be counted from is wrong usage too."""
    said = terminal("build", "--now", when)

    assert said.status == 2
    assert f'--now "{when}" ligger för långt bort' in said.err


def test_now_is_civil_time_where_the_newsroom_is(terminal: Terminal) -> None:
    """A time without an offset is that of the newsroom's clock on the wall."""
    post = "posts/news/2026-12-24-jul.md"

    before = terminal.do("explain", post, "--now", "2026-12-24T11:58", "--json").json()
    after = terminal.do("explain", post, "--now", "2026-12-24T12:00", "--json").json()
    abroad = terminal.do("explain", post, "--now", "2026-12-24T11:00:00Z", "--json").json()

    assert [before["public"], after["public"], abroad["public"]] == [False, True, True]


def test_faults_of_the_site_stop_what_needs_it(terminal: Terminal) -> None:
    """With faults in site.yaml every fault is listed, and the command exits with 1."""
    put(terminal.root, "posts/site.yaml", "name: x\nlanguage: sv\n")

    said = terminal("issue", "list")

    assert said.status == 1
    assert said.err.count("posts/site.yaml") == 3  # url, timezone, sender


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("build", "--nosuch"),
        ("build", "--url", "nyheter"),
        ("build", "--url", "ftp://example.se"),
        ("new", "poem", "x"),
        ("schedule", "--days", "-3"),
        ("schedule", "--days", "100000000"),
        ("run", "--port", "99999"),
    ],
)
def test_wrong_usage(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    """A command, option or value that there is none of exits with 2 and prints no result."""
    said = terminal(*arguments)

    assert (said.status, said.out) == (2, "")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SettingsError, 2),
        (OutsideError, 3),
        (DeliveryError, 3),
        (StateError, 1),
        (ContentError, 1),
        (ScheduleError, 1),
        (AddressError, 1),
        (NewsroomError, 1),
    ],
)
def test_exit_status(error: type[NewsroomError], status: int) -> None:
    """1 for what the content or the state says, 2 for wrong usage, 3 for something outside."""
    assert exit_status(error("no")) == status


def test_version() -> None:
    """The version is one word after the name."""
    assert Terminal(Path())("--version").out.split()[0] == "newsroom"


@pytest.mark.parametrize("arguments", [[], ["check"], ["--help"]])
def test_on_windows_it_says_where_it_runs(arguments: list[str], tmp_path: Path) -> None:
    """Instead of ending in a trace: it needs what only Unix has, and WSL has it."""
    code = (
        "import sys; sys.platform = 'win32'; from newsroom.cli import main;"
        f"sys.argv = ['newsroom', *{arguments!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "WSL" in done.stderr


def test_lists_of_commands_end_their_sentences(terminal: Terminal) -> None:
    """A line that is too long goes on below, and is not cut."""
    said = terminal.do("issue", "--help").out

    assert "..." not in said.partition("Kommandon:")[2]
    assert "Kommandon:" in said
