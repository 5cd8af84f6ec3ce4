"""Work that one thread of a process does at a time: a second thread skips it and does not wait."""

import threading
from collections.abc import Callable


def one_at_a_time(work: Callable[[], object]) -> Callable[[], None]:
    """What does `work` when it is called, and nothing while another thread is still at it."""
    turn = threading.Lock()

    def do_unless_busy() -> None:
        if not turn.acquire(blocking=False):
            return
        try:
            work()
        finally:
            turn.release()

    return do_unless_busy
