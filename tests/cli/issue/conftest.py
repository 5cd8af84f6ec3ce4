"""What the tests of an issue's commands share: an issue to send, and readers of it."""

import pytest

from tests.cli.issue.letters import HOST, approve
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, put


@pytest.fixture
def written(terminal: Terminal) -> Terminal:
    """A terminal in the small newsroom with an issue to send."""
    put(terminal.root, HOST, ISSUE)
    return terminal


@pytest.fixture
def approved(terminal: Terminal) -> Terminal:
    """The issue approved, and three readers."""
    approve(terminal)
    return terminal
