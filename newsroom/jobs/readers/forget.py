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

_KEEPS_ADDRESSES = {".eml", ".json", ".part"}  # a part: a mail whose writer was killed


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
    return _erase_mails(mail_folders, address) > 0 or held


def _erase_mails(folders: Sequence[Path], address: str) -> int:
    """Take away the mails that name an address, and reports on them; how many those were.

    One that cannot be read or removed keeps no other from being erased.
    """
    erased, fault = 0, None
    for path in (path for folder in folders for path in folder.rglob("*.*")):
        if path.suffix not in _KEEPS_ADDRESSES or path.is_dir():
            continue
        try:
            if names(path.read_bytes(), address):
                path.unlink()
                erased += 1
        except FileNotFoundError:
            continue  # somebody else took it away
        except OSError as error:
            fault = say("{path}: cannot be erased: {why}", path=path, why=why(error))
    if fault is not None:
        raise OutsideError(fault)
    return erased
