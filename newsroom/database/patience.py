"""Trying a transaction again while the database cannot be written: locked, full, or away."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from newsroom.model.saying import say

log = logging.getLogger(__name__)

T = TypeVar("T")

_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds between two tries; each wait is twice the last


def insist(work: Callable[[], T], patience: float) -> T:
    """What `work` gives, tried again for `patience` seconds while the database refuses.

    `work` is one transaction: it is rolled back when it fails, and may be run again after a commit
    whose answer got lost. Raises the last OperationalError when the time is up.
    """
    end, wait = time.monotonic() + patience, _FIRST_WAIT
    while True:
        try:
            return work()
        except OperationalError as error:
            if time.monotonic() + wait > end:
                raise
            if wait == _FIRST_WAIT:
                log.warning(say("the database refuses ({fault}); trying again", fault=error.orig))
        time.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)
