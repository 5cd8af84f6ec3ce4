"""Forget a person: nothing is left but a keyed hash that keeps the address out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.readers import privacy
from newsroom.readers.addresses import canonical


def forget(engine: Engine, keys: Sequence[bytes], email: str, now: datetime) -> bool:
    """Erase an address as somebody wrote it; False when nothing held it. Raises AddressError."""
    address = canonical(email)
    with transaction(engine) as connection:
        return privacy.forget(connection, keys, address, now)
