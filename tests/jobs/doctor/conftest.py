"""What the tests of several checks need."""

from pathlib import Path

import pytest

from tests.delivery.transports.smtp_client import AUTHORITY


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost with its key."""
    path = tmp_path / "localhost.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    return path
