"""Background work after the answer has gone out, so that its duration gives nothing away."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import ParamSpec

from newsroom.model.saying import Saying, say

log = logging.getLogger(__name__)

_MOST = 1000  # waiting at once; a flood beyond it is not worth the memory
_FULL = say("more forms than can be worked on; this one was dropped")
_Given = ParamSpec("_Given")


class Later:
    """One thread that does one thing after the other."""

    def __init__(self, most: int = _MOST, full: Saying | None = _FULL) -> None:
        """`full` is what the log says when there is no room; None where it does no harm."""
        self._full = full
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="later")
        self._room = BoundedSemaphore(most)

    def do(
        self, work: Callable[_Given, object], *given: _Given.args, **named: _Given.kwargs
    ) -> None:
        """Do this when everything before it is done. Returns at once."""
        if not self._room.acquire(blocking=False):
            if self._full is not None:
                log.warning(self._full)
            return

        def once() -> None:
            try:
                work(*given, **named)
            except Exception as error:  # noqa: BLE001 (one form must not stop the next)
                # Only the kind: the text of an error may hold an address.
                kind = type(error).__name__
                log.error(say("a form could not be worked on: {kind}", kind=kind))  # noqa: TRY400
            finally:
                self._room.release()

        self._thread.submit(once)

    @classmethod
    def looking(cls) -> "Later":
        """A thread for looks at the outbox: more than one under way and one waiting is dropped."""
        return cls(2, None)

    def finish(self) -> None:
        """Wait until everything is done, and take nothing more."""
        self._thread.shutdown(wait=True)
