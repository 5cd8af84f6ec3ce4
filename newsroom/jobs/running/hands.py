"""Which jobs are in hand on this machine: a lock for each, which goes when its process goes.

The ledger's leases know nothing of a process but the time, and a clock may jump or a machine sleep.
On one machine the lock is surer: who holds it lives, and who can have it knows that nobody here is
at the job, so that what a killed process left is taken up at once.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsroom.whole_file import write, write_new
from newsroom.workers.lock import lock
from newsroom.workers.this_process import this_process


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands of all processes that share one folder."""

    folder: Path
    place: str  # the word that was drawn for this folder; no other folder has it

    @property
    def who(self) -> str:
        """This process, as the ledger names it: `host-4f1d6c02:711`; the host is for people."""
        process = this_process()
        return f"{process.host}-{self.place}:{process.number}"

    def claimed(self, by: str) -> bool:
        """Whether a process of this folder made a claim, whatever its host was called then.

        A container that is made anew has another host name and the same folder.
        """
        return by.rpartition(":")[0].rpartition("-")[2] == self.place

    @contextmanager
    def take(self, job: str) -> Iterator[bool]:
        """Whether the job is in our hands now; it stays there until the end of the context."""
        with (self.folder / f"{job}.lock").open("a") as file:
            yield lock(file)


def hands_in(folder: Path) -> Hands:
    """The hands of this folder, whose word is drawn once: machines may share a host name.

    Of processes that draw it at the same moment one has its way. An empty word, which the folders
    of two machines might share, is drawn anew.
    """
    place = folder / "place"
    if not place.exists():
        write_new(place, _drawn())
    elif not place.stat().st_size:
        write(place, _drawn())
    return Hands(folder, place.read_text(encoding="ascii"))


def _drawn() -> bytes:
    return secrets.token_hex(4).encode("ascii")
