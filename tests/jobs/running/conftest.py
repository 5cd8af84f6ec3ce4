"""What the coordinator was told."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from newsroom.database.connection import transaction
from newsroom.database.tables import outbox


@pytest.fixture
def memos(either_database: Engine) -> Callable[[], list[str]]:
    """The subjects of what the coordinator is to be told, oldest first."""

    def subjects() -> list[str]:
        with transaction(either_database) as connection:
            rows = connection.execute(select(outbox.c.memo).order_by(outbox.c.id)).scalars()
            return [memo["subject"] for memo in rows]

    return subjects
