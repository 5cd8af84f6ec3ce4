"""Stopping the bot: what is in hand is finished within a limit, or everything ends at once."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from newsroom.model.saying import Saying, say

log = logging.getLogger(__name__)

LIMIT = 300.0  # seconds: relays may think for minutes over a message (RFC 5321 section 4.5.3.2)
_SIGNALLED = 128  # and the number of the signal: what a shell says of a process that one ended
_OUTSIDE = 3  # the exit status for something outside that did not come to an end


class Farewell:
    """A wish to stop that comes as a signal.

    The first one sets `asked`. A second one, or the limit, ends the process where it stands: no
    promise is broken by that, since the ledger takes it for a crash, but what was being handed over
    is then unknown, and a person has to decide.
    """

    def __init__(self, limit: float = LIMIT) -> None:
        """`limit` is in seconds."""
        self.asked = threading.Event()
        self._limit = limit
        self._has_heard = False

    def heed_signals(self) -> None:
        """From now on Ctrl-C and SIGTERM ask politely."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._has_heard:
            _end(say("asked to stop a second time, so it ends now"), _SIGNALLED + number)
        self._has_heard = True
        self.asked.set()
        limit = threading.Timer(self._limit, self._give_up)
        limit.daemon = True  # it waits for nobody who has come to an end
        limit.start()

    def _give_up(self) -> NoReturn:
        seconds = round(self._limit)
        what = say("what is in hand did not come to an end in {seconds} seconds", seconds=seconds)
        _end(what, _OUTSIDE)


def end_on_signals() -> Callable[[], None]:
    """From now on Ctrl-C and SIGTERM end everything at once: each file is old or new, whole.

    Call what this gives before each wait: it ends what was asked to end while a finalizer or a
    library's callback was at work, where Python drops an exception.
    """
    asked = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        asked.set()
        raise SystemExit(0)

    def end_if_asked() -> None:
        if asked.is_set():
            raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return end_if_asked


def _end(what: Saying, status: int) -> NoReturn:
    """End this very moment; nobody is waited for, neither a thread nor a relay."""
    log.error(
        say("{what}; a copy that was being handed over is unknown now: newsroom status", what=what)
    )
    logging.shutdown()
    os._exit(status)
