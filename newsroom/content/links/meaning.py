"""What an address written in a piece means: a file of the folder, or a place on the web."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from newsroom.model.unicode_form import composed

_SCHEMES = ("https", "http", "mailto")
_MAIL = re.compile(r"[^\s@/:?#]{1,64}@[^\s@/:?#]{1,200}\.[a-z]{2,20}", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?:\+[0-9]|0)(?:[-\s().]{0,3}[0-9]){5,14}")
_BETWEEN_FIGURES = re.compile(r"[^0-9+]")


def beside(source: PurePosixPath, written: str) -> PurePosixPath | None:
    """The file that `written` means in the file `source`; None when it is outside `posts/`."""
    if written.startswith("/") or "\\" in written or "\0" in written:
        return None
    parts = list(source.parent.parts)
    for part in written.split("/"):
        if part != "..":
            parts.extend([part] if part not in {"", "."} else [])
        elif len(parts) > 1:
            parts.pop()
        else:
            return None
    return PurePosixPath(*parts)


def is_web_address(text: str) -> bool:
    """Whether a text is a whole address that a link may lead to; never script or data."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES or re.search(r"\s", text):
        return False
    return "@" in parts.path if parts.scheme == "mailto" else "." in (parts.hostname or "")


def meant_by(written: str) -> str | None:
    """The whole address that was meant where one begins in its middle.

    `www.…`, `name@…`, or a telephone number.
    """
    if written.lower().startswith("www."):
        return f"https://{written}"
    if _TELEPHONE.fullmatch(written):
        return f"tel:{_BETWEEN_FIGURES.sub('', written.replace('(0)', ''))}"
    return f"mailto:{written}" if _MAIL.fullmatch(written) else None


def local_path(address: str) -> str | None:
    """The file that a link in a text means, as written; None when it leads anywhere else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or address.startswith("/"):
        return None
    return composed(unquote(parts.path)) or None
