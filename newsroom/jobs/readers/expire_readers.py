"""The daily end of keeping: sign-ups nobody confirmed, who left long ago, mails that came back.

It looks through the log of consents too, which only a look at the whole of it can find changed, and
notes by which secret an address is kept out, while that can still be known.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from newsroom.database import overwrite_deleted, transaction
from newsroom.database.incoming import drop_copies
from newsroom.database.pruning import prune
from newsroom.jobs.keep.secret_use import write_down_marks
from newsroom.jobs.readers.verify_consents import verify_consents
from newsroom.readers.retention import expire


def expire_readers(engine: Engine, keys: Sequence[bytes], anchor: Path, now: datetime) -> int:
    """Erase whom we have no more reason to keep; how many people that was.

    Raises StateError, after that, when the log of consents is not as it was written.
    """
    with transaction(engine) as connection:
        expired = expire(connection, keys, now)
        drop_copies(connection, now)
        prune(connection, now)
        write_down_marks(connection, keys)
    overwrite_deleted(engine)
    verify_consents(engine, keys, anchor, now)
    return expired
