"""The command as a process of its own, and a mail server beside it: nothing is shared with a test.

A process may be killed, and what a mail server took stands in a file whatever happens to anybody.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
PATIENCE = 120  # seconds for anything that a test waits for: only what hangs takes so long
_SERVER = REPOSITORY / "tests/faults/recording_server.py"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Accepts everything, and writes each recipient down before it says so."""

    address: str  # as NEWSROOM_MAIL wants it
    file: Path

    def recipients(self) -> list[str]:
        """Who was written to, in order, doubles included."""
        return [line.split()[1] for line in self.file.read_text().splitlines()]

    def wait_for(self, count: int) -> None:
        """Return when so many messages have come."""
        end = time.monotonic() + PATIENCE
        while (come := self.file.read_bytes().count(b"\n")) < count:
            assert time.monotonic() < end, f"only {come} of {count} messages came"
            time.sleep(0.005)


@contextmanager
def mail_server(file: Path) -> Iterator[MailServer]:
    """A mail server in a process of its own, as long as the context lasts."""
    file.touch()
    command = [sys.executable, str(_SERVER), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        try:
            yield MailServer(f"smtp://127.0.0.1:{port}", file)
        finally:
            process.kill()


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 (whatever the command prints)
        """Its result, read as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class House:
    """A newsroom's folder, and the environment its commands run in."""

    root: Path
    mail: str = "folder:var/outgoing"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin `newsroom …` in the folder."""
        return subprocess.Popen(
            [sys.executable, "-m", "newsroom", *arguments],
            cwd=self.root,
            env=environment({"NEWSROOM_MAIL": self.mail}),
            stdin=subprocess.PIPE,  # a question waits for its answer, whatever this process reads
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Said:
        """What `newsroom …` says, when it has ended."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=PATIENCE)
        return Said(process.returncode, out, err)

    def do(self, *arguments: str) -> Said:
        """The same for a command that has to go well."""
        said = self.run(*arguments)
        assert said.status == 0, (arguments, said)
        return said


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process: this one's, without any settings but those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    return {**own, "PYTHONPATH": str(REPOSITORY), **settings}
