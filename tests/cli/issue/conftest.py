"""What the tests of an issue's commands share: an issue to send, and readers of it."""

import pytest

from tests.cli.issue.letters import HOST, add
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put


@pytest.fixture
def written(terminal: Terminal) -> Terminal:
    """A terminal in the small newsroom with an issue to send."""
    put(terminal.root, HOST, ISSUE)
    return terminal


@pytest.fixture
def approved(written: Terminal) -> Terminal:
    """The issue approved, and three readers."""
    for name in ("asa", "bo", "cia"):
        add(written, f"{name}@example.se")
    written.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)
    return written
