"""A newsroom built for the judges: once as readers get it, once for this machine's web."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from time import monotonic, sleep
from typing import Any, Final
from urllib.request import urlopen

_REPOSITORY: Final = Path(__file__).parent.parent.parent
_HOST: Final = "127.0.0.1"
_PATIENCE: Final = 30  # seconds until the web must answer


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A built site."""

    name: str
    site: Path  # every address in it is the organisation's own
    served: str  # where the same site answers on this machine, built for that address

    def files(self, *endings: str) -> tuple[Path, ...]:
        """The files of some kinds, in order."""
        return tuple(sorted(path for path in self.site.rglob("*") if path.suffix in endings))

    def place(self, path: Path) -> str:
        """A file as the report names it."""
        return f"{self.name}/{path.relative_to(self.site).as_posix()}"


@contextmanager
def exhibit(name: str, root: Path) -> Iterator[Exhibit]:
    """Build the newsroom in a folder twice, and serve the second site."""
    with create_server((_HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    address = f"http://{_HOST}:{port}"
    newsroom(root, "build", "--out", str(root / "built"))
    newsroom(root, "build", "--url", address)
    web = subprocess.Popen(
        [*_command(root), "run", "--only", "web", "--port", str(port)],
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address)
        yield Exhibit(name, root / "built", address)
    finally:
        web.terminate()
        web.wait(_PATIENCE)


def newsroom(root: Path, *words: str) -> str:
    """Run a command of newsroom's; 1 says that the content has faults, which may be meant."""
    done = subprocess.run(
        [*_command(root), *words], check=False, env=_environment(), capture_output=True, text=True
    )
    if done.returncode not in {0, 1}:
        sys.exit(f"newsroom {' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def read_json(path: Path) -> Any:  # noqa: ANN401 (JSON is what it is)
    """A file as JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def _command(root: Path) -> list[str]:
    return [sys.executable, "-m", "newsroom", "--root", str(root)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_REPOSITORY)}


def _wait_for(address: str) -> None:
    ends = monotonic() + _PATIENCE
    while monotonic() < ends:
        try:
            with urlopen(address, timeout=_PATIENCE):
                return
        except OSError:
            sleep(0.1)
    sys.exit(f"{address}: the web did not answer within {_PATIENCE} seconds")
