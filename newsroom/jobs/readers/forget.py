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
from newsroom.readers.erasure import erase, names

_KEEPS_ADDRESSES = {".eml", ".json"}


def forget(  # noqa: PLR0913, PLR0917 (all places where something may be kept)
    engine: Engine,
    keys: Sequence[bytes],
    email: str,
    now: datetime,
    mail_folders: Sequence[Path] = (),
    method: str = "command",
) -> bool:
    """Erase an address as somebody wrote it; False when nothing held it.

    `mail_folders` are those that mails are written to, rehearsals too. Raises AddressError for
    what is no address, and OutsideError, when all else is erased, for a mail that cannot be.
    """
    address = canonical(email)
    with transaction(engine) as connection:
        held = erase(connection, keys, address, now, method=method)
    overwrite_deleted(engine)
    written = [_erase_mails(folder, address) for folder in mail_folders]
    return held or any(written)


def _erase_mails(folder: Path, address: str) -> int:
    """Take away the mails that name an address, and reports on them; how many those were."""
    kept = (path for path in folder.rglob("*.*") if path.suffix in _KEEPS_ADDRESSES)
    mails = [path for path in kept if names(path.read_bytes(), address)]
    try:
        for path in mails:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(
            say("{folder}: cannot be written: {why}", folder=folder, why=why(error))
        ) from error
    return len(mails)
