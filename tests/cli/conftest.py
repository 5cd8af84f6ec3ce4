"""What the tests of the commands share: a newsroom with a terminal in it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import write_newsroom


@pytest.fixture
def terminal(tmp_path: Path, compiled: Path) -> Terminal:
    """A terminal in a small newsroom that has printed pages before."""
    root = write_newsroom(tmp_path / "house")
    (root / "var/cache").mkdir(parents=True)
    (root / "var/cache/templates").symlink_to(compiled)
    return Terminal(root)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """Commands that stay take Ctrl-C for themselves; a test gives it back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
