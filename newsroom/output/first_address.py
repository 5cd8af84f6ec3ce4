"""The site address that ids were made from, kept so that a change of it can be noticed."""

from pathlib import Path

from newsroom.whole_file import keep


def recall(state: Path) -> str | None:
    """The address that is remembered, if any."""
    try:
        return state.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def remember(state: Path, address: str) -> None:
    """Keep this address, in one step. Raises OutsideError when the disk refuses."""
    if recall(state) != address:
        keep(state, f"{address}\n".encode())
