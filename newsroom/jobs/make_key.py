"""Making a key that mail is signed with."""

import os
import re
from pathlib import Path

from newsroom.dkim.key import Key, KeyKind, new_key, read_key
from newsroom.errors import StateError
from newsroom.model.saying import say

_LABELS = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def make_key(path: Path, selector: str, domain: str, kind: KeyKind) -> Key:
    """A new key, written to `path` for nobody else to read.

    Raises StateError for names that no domain can have, and where a key lies already: signatures in
    mail that is under way hang on it.
    """
    for name in (selector, domain):
        if not _LABELS.fullmatch(name):
            raise StateError(
                say(
                    '"{name}" cannot stand in a domain; write small letters, digits and -',
                    name=name,
                )
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = new_key(kind)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StateError(
            say("{file} is there already; give the new key another name", file=path)
        ) from None
    with os.fdopen(file, "wb") as writable:
        writable.write(pem)
    return read_key(domain, selector, pem, str(path))
