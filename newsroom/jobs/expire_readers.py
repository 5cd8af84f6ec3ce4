"""The daily end of keeping: sign-ups that nobody confirmed, and those who left long ago."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsroom.readers import privacy


def expire_readers(engine: Engine, keys: Sequence[bytes], now: datetime) -> int:
    """Erase whom we have no more reason to keep; how many people that was."""
    with engine.begin() as connection:
        return privacy.expire(connection, keys, now)
