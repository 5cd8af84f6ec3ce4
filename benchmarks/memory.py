"""The memory of a process and of all it starts, looked at while it runs (Linux)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

_PAUSE: Final = 0.1  # seconds between two looks, each of which takes some milliseconds of a core
_PROC: Final = Path("/proc")


class Memory:
    """The highest figure seen."""

    def __init__(self) -> None:
        self.highest = 0  # bytes

    def look(self, pid: int) -> None:
        """Add up what the process and its children hold now.

        Pages that several of them share are divided among them (Pss in proc(5)), so that workers
        that were forked do not count the same memory twice.
        """
        self.highest = max(self.highest, sum(_held(each) for each in _family(pid)))


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look at a process until the end of the block."""
    memory, over = Memory(), Event()

    def look_again() -> None:
        while not over.wait(_PAUSE):
            memory.look(pid)

    watcher = Thread(target=look_again)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _held(pid: int) -> int:
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
