from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.errors import StateError
from newsroom.jobs.readers.add_subscriber import add_subscriber
from newsroom.jobs.readers.expire_readers import expire_readers
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEYS = (b"secret",)
ANNA = NewSubscriber("anna@example.se", SubscriberState.ACTIVE, "sv")


def test_nothing_to_expire(database: Engine, tmp_path: Path) -> None:
    """An active subscriber is kept, however long ago they came."""
    add_subscriber(database, KEYS, ANNA, "asked for it by telephone", NOW)

    assert expire_readers(database, KEYS, tmp_path / "consents", NOW.replace(year=2036)) == 0


def test_a_log_that_was_changed_is_told(database: Engine, tmp_path: Path) -> None:
    """The entry is named, after everything else is done."""
    add_subscriber(database, KEYS, ANNA, "asked for it by telephone", NOW)
    with database.begin() as connection:
        (number,) = subscribers.add(
            connection, [NewSubscriber("bo@example.se", SubscriberState.PENDING, "sv")], NOW
        )
        subscribers.open_confirmation(connection, number, "d" * 64, NOW)
        connection.execute(text("UPDATE consent_event SET source = 'elsewhere' WHERE id = 1"))

    with pytest.raises(StateError, match="changed at entry 1"):
        expire_readers(database, KEYS, tmp_path / "consents", NOW + timedelta(days=30))

    with database.begin() as connection:
        assert subscribers.find(connection, "bo@example.se") is None
