"""What is remembered of the search index: by this a folder is known to be ours, and up to date."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from newsroom.output.paths import is_below_root
from newsroom.whole_file import write


@dataclass(frozen=True, slots=True)
class Mark:
    """What an index was made of, and how it was left."""

    seen: str = ""  # digest of how the pages' files looked
    read: str = ""  # digest of the texts in them
    left: str = ""  # how its files looked


def remembered(state: Path) -> dict[str, Mark]:
    """The mark of each index by its folder's address; none when the file is damaged."""
    try:
        kept = json.loads(state.read_bytes())
        return {
            address: Mark(mark["seen"], mark["read"], str(mark["left"]))
            for address, mark in kept.items()
            if is_below_root(f"{address}bundle")
        }
    except (FileNotFoundError, ValueError, AttributeError, LookupError, TypeError):
        return {}


def remember(state: Path, marks: Mapping[str, Mark]) -> None:
    """Keep exactly these, in one step. Raises OSError."""
    kept = {address: asdict(mark) for address, mark in marks.items()}
    write(state, json.dumps(kept).encode(), lasting=False)
