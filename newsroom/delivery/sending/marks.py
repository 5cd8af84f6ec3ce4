"""Files that say when a mail of each issue last left, kept outside the database.

A database that was brought back from a backup has forgotten mails that left after it. The mark has
not: it is a file beside the database, written after each claim is committed and before the message
is handed over. So the ledger is never behind the mark unless it is an older one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# Stands for a mark that a power cut spoiled: later than all that a ledger can know.
UNREADABLE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """One issue's mark, held open while a batch of it is worked on."""

    descriptor: int

    def set(self, claimed: datetime) -> None:
        """Note that a mail claimed then may leave. It outlives the process, not the power."""
        os.pwrite(self.descriptor, _written(claimed), 0)


@dataclass(frozen=True, slots=True)
class SendingMarks:
    """The marks of this machine, one file for each issue."""

    folder: Path

    @contextmanager
    def opened(self, issue: str) -> Iterator[Mark]:
        """An issue's mark; at the end it is on the disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / issue, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            yield Mark(descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def last(self, issue: str) -> datetime | None:
        """When a mail of an issue last left this machine, or None when none ever did.

        UNREADABLE when the file does not say it.
        """
        try:
            written = (self.folder / issue).read_bytes()
        except FileNotFoundError:
            return None
        try:
            return datetime.fromisoformat(written.decode()).replace(tzinfo=UTC) if written else None
        except ValueError:
            return UNREADABLE

    def issues(self) -> tuple[str, ...]:
        """The issues that mails have left of."""
        return tuple(sorted(path.name for path in self.folder.glob("*")))

    def forget(self, issue: str) -> None:
        """Begin anew: what may have left stands in the ledger again."""
        (self.folder / issue).unlink(missing_ok=True)


def _written(now: datetime) -> bytes:
    """Always as long, so that a shorter one never leaves the end of a longer one behind."""
    return now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds").encode()
