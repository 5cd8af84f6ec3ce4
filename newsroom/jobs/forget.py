"""Forget a person: nothing is left but a keyed hash that keeps the address out."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from newsroom.database import overwrite_deleted, transaction
from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.readers.addresses import canonical
from newsroom.readers.erasure import forget as erase
from newsroom.readers.erasure import names


def forget(  # noqa: PLR0913, PLR0917 (all places where something may be kept)
    engine: Engine,
    keys: Sequence[bytes],
    email: str,
    now: datetime,
    outgoing: Path | None = None,
    method: str = "command",
) -> bool:
    """Erase an address as somebody wrote it; False when nothing held it.

    `outgoing` is the folder that mail is written to, when it goes to one. Raises AddressError for
    what is no address, and OutsideError, when all else is erased, for a mail that cannot be.
    """
    address = canonical(email)
    with transaction(engine) as connection:
        held = erase(connection, keys, address, now, method=method)
    overwrite_deleted(engine)
    written = _erase_mails(outgoing, address) if outgoing else 0
    return held or written > 0


def _erase_mails(folder: Path, address: str) -> int:
    """Take the mails away that name an address; how many those were."""
    mails = [path for path in folder.glob("*.eml") if names(path.read_bytes(), address)]
    try:
        for path in mails:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(
            say("{folder}: cannot be written: {why}", folder=folder, why=why(error))
        ) from error
    return len(mails)
