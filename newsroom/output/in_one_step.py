"""Files that change from one moment to the next: whoever reads one has the old bytes or the new.

The new bytes wait in a draft on the same disk until all are there. Nothing is synced to the disk:
after a power cut a file may be cut short, and each reader of ours can tell.
"""

import os
import threading
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say


def keep(place: Path, content: bytes) -> None:
    """Let a file of ours have these bytes. Raises OutsideError when the disk refuses."""
    try:
        write(place, content)
    except OSError as fault:
        raise OutsideError(
            say("{state}: cannot be written: {why}", state=place, why=why(fault))
        ) from fault


def write(place: Path, content: bytes) -> None:
    """Let a file have these bytes, by way of a draft beside it, of which nothing stays.

    Its folder is made when there is none. Raises OSError.
    """
    # Another process may write it, too, and another thread of this one.
    draft = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_bytes(content)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def put(draft: Path, place: Path) -> None:
    """Let a draft be the file, and make the file's folder when it is new. Raises OSError."""
    try:
        draft.replace(place)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
