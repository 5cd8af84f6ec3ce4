"""The address that ids were made from when the site was published: to be missed when it changes."""

import os
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say


def recall(state: Path) -> str | None:
    """The address that is remembered, if any."""
    try:
        return state.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def remember(state: Path, address: str) -> None:
    """Keep this address, in one step. Raises OutsideError when the disk refuses."""
    if recall(state) == address:
        return
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        draft = state.with_name(f"{state.name}.{os.getpid()}")  # another build may write, too
        draft.write_text(f"{address}\n", encoding="utf-8")
        draft.replace(state)
    except OSError as fault:
        raise OutsideError(
            say("{state}: cannot be written: {why}", state=state, why=why(fault))
        ) from fault
