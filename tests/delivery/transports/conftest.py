"""What the tests of several transports need."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.transports.scripted_server import ScriptedServer, scripted
from tests.delivery.transports.smtp_client import AUTHORITY


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost with its key."""
    path = tmp_path / "localhost.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    return path


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server that takes everything."""
    with scripted() as server:
        yield server
