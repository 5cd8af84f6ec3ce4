"""When a message that was put off is tried again."""

import hashlib
from datetime import datetime, timedelta

from newsroom.model import Sending

_AFTER_THE_LIST = timedelta(hours=4)  # a queue runner's usual pace (RFC 5321 section 4.5.4.1)
_JITTER = 0.2


def next_try(
    sending: Sending, attempts: int, now: datetime, deadline: datetime, seed: str
) -> datetime | None:
    """When to try again after `attempts` tries, or None when the time is up.

    The time is up after the deadline, but never before the whole list of waits was used: a copy
    first tried on Friday afternoon gets its retries on Monday, whatever the weekend did to the
    deadline.
    """
    if now >= deadline and attempts > len(sending.retry):
        return None
    waits = sending.retry or (_AFTER_THE_LIST,)
    wait = waits[attempts - 1] if attempts <= len(waits) else max(waits[-1], _AFTER_THE_LIST)
    return now + jittered(wait, f"{seed}:{attempts}")


def jittered(wait: timedelta, seed: str) -> timedelta:
    """A wait made up to a fifth shorter or longer, always the same for the same seed."""
    draw = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 0xFFFFFFFF
    return wait * (1 - _JITTER + 2 * _JITTER * draw)
