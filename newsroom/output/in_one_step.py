"""Files that change from one moment to the next: whoever reads one has the old bytes or the new.

Nothing is synced to the disk: after a power cut a file may be cut short, and each reader of ours
can tell.
"""

from pathlib import Path

from newsroom import whole_file
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
    """Let a file have these bytes; its folder is made when there is none. Raises OSError."""
    whole_file.write(place, content, lasting=False)


def put(draft: Path, place: Path) -> None:
    """Let a draft be the file, and make the file's folder when it is new. Raises OSError."""
    try:
        draft.replace(place)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
