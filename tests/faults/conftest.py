"""A recording mail server, senders to kill, and a sheet on which the figures are printed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.processes import REPOSITORY, MailServer, mail_server

_SHEET = pytest.StashKey[list[str]]()
_SENDER = Path(__file__).parent / "sender.py"

StartSender = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server in a process of its own that writes down whom it accepted mail for."""
    with mail_server(tmp_path / "accepted.txt") as server:
        yield server


@pytest.fixture
def start_sender(tmp_path: Path) -> Iterator[StartSender]:
    """Begins a sending process; those that are still there at the end are ended."""
    begun: list[subprocess.Popen[str]] = []

    def start(
        database: Engine, mail: str, connections: int = 1, faults: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        command = [sys.executable, str(_SENDER), url, str(tmp_path / "seats"), mail]
        with (tmp_path / "senders.log").open("a") as log:
            process = subprocess.Popen(
                [*command, str(connections)],
                env={**os.environ, "PYTHONPATH": str(REPOSITORY), **(faults or {})},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.wait()


@pytest.fixture
def sheet(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Puts a line of figures where whoever runs the tests reads it."""
    return request.config.stash.setdefault(_SHEET, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The figures, under a heading of their own."""
    lines = config.stash.get(_SHEET, [])
    if lines:
        terminalreporter.section("what it cost")
    for line in lines:
        terminalreporter.write_line(line)
