"""When the site as it was last built will look different by time alone: a post comes, say.

A build remembers it, whether or not it met errors, so that whoever watches the clock can have the
next build made at that very moment.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newsroom.whole_file import write

_NAME = "site.next"


def next_change(builds: Path) -> datetime | None:
    """The moment that the last build remembered, in UTC; None when there is none to go by."""
    try:
        moment = datetime.fromisoformat((builds / _NAME).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def remember(builds: Path, moment: datetime) -> None:
    """Keep the moment (aware), in one step; where the disk refuses, none is kept.

    Then the site is built as often as its schedule says, and no sooner.
    """
    with suppress(OSError):
        (builds / _NAME).unlink(missing_ok=True)
        write(
            builds / _NAME, f"{moment.astimezone(UTC).isoformat()}\n".encode("ascii"), lasting=False
        )
