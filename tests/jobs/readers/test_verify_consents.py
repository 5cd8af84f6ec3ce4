from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.database import transaction
from newsroom.errors import StateError
from newsroom.jobs.readers.verify_consents import Verified, verify_consents
from newsroom.readers.consent import Act, Consent, record

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
KEYS = (b"secret",)


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    """Where it is written down how far the log goes."""
    return tmp_path / "consents"


def add(database: Engine, *numbers: int) -> None:
    """A consent of each of these readers."""
    with transaction(database) as connection:
        record(connection, *(Consent(number, Act.CONFIRMED, NOW, "web") for number in numbers))


def test_a_log_goes_on_from_where_it_was(either_database: Engine, anchor: Path) -> None:
    """An empty log, a longer one, and the same once more are all whole."""
    assert verify_consents(either_database, KEYS, anchor, NOW) == Verified(0, None)
    add(either_database, 1, 2)
    assert verify_consents(either_database, KEYS, anchor, LATER) == Verified(2, NOW)
    assert verify_consents(either_database, KEYS, anchor, LATER) == Verified(2, LATER)


def test_a_changed_entry_is_told(either_database: Engine, anchor: Path) -> None:
    """The first entry that is not as it was written is named."""
    add(either_database, 1, 2, 3)
    with transaction(either_database) as connection:
        connection.execute(text("UPDATE consent_event SET method = 'paper' WHERE id = 2"))

    with pytest.raises(StateError, match="changed at entry 2"):
        verify_consents(either_database, KEYS, anchor, NOW)


def test_a_log_that_was_written_anew_is_told(either_database: Engine, anchor: Path) -> None:
    """A whole chain, with an end that fits, is not the one that was there yesterday."""
    add(either_database, 1, 2, 3)
    verify_consents(either_database, KEYS, anchor, NOW)
    with transaction(either_database) as connection:
        connection.execute(text("DELETE FROM consent_event"))
        connection.execute(text("UPDATE consent_head SET number = 0, hash = :h"), {"h": "0" * 64})
    add(either_database, 9, 9)

    with pytest.raises(StateError, match=r"2 entries, .* of 2026-11-22, when there were 3"):
        verify_consents(either_database, KEYS, anchor, LATER)
    accepted = verify_consents(either_database, KEYS, anchor, LATER, accept=True)

    assert accepted == Verified(2, None)
    assert verify_consents(either_database, KEYS, anchor, LATER) == Verified(2, LATER)
