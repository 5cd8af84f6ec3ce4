"""Whether anything is being sent."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from newsroom.database import open_database, transaction
from newsroom.database.tables import batch
from newsroom.delivery.sending.batches import BATCH_LEASE
from newsroom.delivery.sending.seat import take_seat
from newsroom.errors import StateError
from newsroom.jobs.keep.quiet import require_no_sender, require_no_sender_here
from tests.delivery.sample_ledger import NOW, addresses, sending_now


def test_a_seat_that_is_taken_is_a_sender(tmp_path: Path) -> None:
    """Its lock says that the process lives; one that is free says nothing."""
    require_no_sender_here(tmp_path / "none")
    with (
        take_seat(tmp_path),
        pytest.raises(StateError, match=r"stop it first \(.*sender-0\.lock is in use\)"),
    ):
        require_no_sender_here(tmp_path)
    require_no_sender_here(tmp_path)


def test_a_batch_in_hand_is_a_sender_elsewhere(either_database: Engine) -> None:
    """For as long as its lease; who has it and how long to wait are told."""
    sending_now(either_database, addresses(1))
    with transaction(either_database) as connection:
        require_no_sender(connection, NOW)
        connection.execute(update(batch).values(worker="b-0", lease_until=BATCH_LEASE.until(NOW)))

        with pytest.raises(StateError, match=r"b-0 has copies .* wait 2 min at most"):
            require_no_sender(connection, NOW)
        require_no_sender(connection, NOW + BATCH_LEASE.length)
        require_no_sender(connection, NOW - timedelta(days=1))  # a clock that was wrong wrote it


def test_a_database_without_tables_sends_nothing(tmp_path: Path) -> None:
    """As one that a backup is brought back into."""
    engine = open_database(f"sqlite:///{tmp_path}/empty.db")
    with transaction(engine) as connection:
        require_no_sender(connection, NOW)
    engine.dispose()
