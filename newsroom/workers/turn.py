"""One thread of a process at a time, where a second has nothing to add and need not wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def try_turn(turn: threading.Lock) -> Iterator[bool]:
    """Whether it is ours; it stays so until the end of the context."""
    is_ours = turn.acquire(blocking=False)
    try:
        yield is_ours
    finally:
        if is_ours:
            turn.release()
