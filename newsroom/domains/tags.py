"""Lists of `tag=value` with semicolons between them, as DKIM and DMARC write them.

RFC 6376 section 3.2: blanks around names and values do not count, and no tag may stand twice.
"""

import re

_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def read_tags(text: str) -> tuple[tuple[str, str], ...] | None:
    """The tags of a list in their order; None when it is no such list."""
    found: list[tuple[str, str]] = []
    for piece in text.split(";"):
        if not piece.strip():
            continue
        name, equals, value = piece.partition("=")
        if not equals or not _TAG.fullmatch(name.strip()):
            return None
        found.append((name.strip(), value.strip()))
    names = [name for name, _ in found]
    return tuple(found) if len(set(names)) == len(names) else None


def read_loosely(text: str) -> tuple[tuple[str, str], ...]:
    """The same, passing over whatever is no tag: what stands first of two holds."""
    found: dict[str, str] = {}
    for piece in text.split(";"):
        name, equals, value = piece.partition("=")
        if equals and _TAG.fullmatch(name.strip()):
            found.setdefault(name.strip().lower(), value.strip())
    return tuple(found.items())
