"""What the machine does beside the benchmark: figures of a busy one say little."""

import os
import time
from pathlib import Path
from statistics import median
from typing import Final

_WRITES: Final = 50
_PAGES: Final = b"\0" * 8_192  # about what a commit of one message writes


def state_of(folder: Path) -> str:
    """How many cores there are, how busy they are, and how long a commit waits for the disk."""
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {busy:.1f}, {1000 * _settling(folder):.2f} ms to the disk"


def _settling(folder: Path) -> float:
    """Seconds until a small write is on the disk, the middle of many."""
    taken = []
    with (folder / "writes").open("wb", buffering=0) as file:
        for _ in range(_WRITES):
            file.write(_PAGES)
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken)
