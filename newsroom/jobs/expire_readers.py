"""The daily end of keeping: sign-ups nobody confirmed, who left long ago, mails that came back.

It looks through the log of consents too, which only a look at the whole of it can find changed.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.incoming import drop_copies
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.readers import consent, privacy


def expire_readers(engine: Engine, keys: Sequence[bytes], now: datetime) -> int:
    """Erase whom we have no more reason to keep; how many people that was.

    Raises StateError, after that, when the log of consents is not as it was written.
    """
    with transaction(engine) as connection:
        expired = privacy.expire(connection, keys, now)
        drop_copies(connection, now)
    with transaction(engine) as connection:
        broken = consent.first_broken(connection)
    if broken is not None:
        raise StateError(
            say(
                "the log of consents was changed at entry {broken}; compare it with a backup",
                broken=broken,
            )
        )
    return expired
