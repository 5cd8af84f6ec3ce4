"""What follows from an attempt to announce something: it is done, tried again later, or given up.

Only what cannot post anything twice is tried again: what certainly was not posted, and what the
channel would know as a repetition.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from newsroom.database.announcements import Announcement, AnnouncementState
from newsroom.model.saying import say
from newsroom.outside.channels.channel import ChannelAnswer, ChannelVerdict

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
_LONGEST_ASKED = timedelta(hours=1)  # that a server may have us wait by Retry-After
_SPREAD = 0.2  # of a pause, that is added to it at most


def settled(
    claimed: Announcement, result: ChannelAnswer, repeatable: timedelta | None, now: datetime
) -> Announcement:
    """The row after an attempt that ended at `now`.

    `repeatable` is for how long a repeated POST posts nothing twice; None: it always would.
    """
    ended = replace(claimed, at=now, note=result.said or None)
    match result.verdict:
        case ChannelVerdict.DONE:
            return replace(ended, state=AnnouncementState.DONE, place=result.place)
        case ChannelVerdict.REFUSED:
            return replace(ended, state=AnnouncementState.FAILED)
        case ChannelVerdict.UNKNOWN:
            return replace(ended, state=AnnouncementState.UNKNOWN)
    pause = _pause(claimed, result.wait)
    if result.verdict is ChannelVerdict.DOUBT:
        ended = replace(ended, doubted=claimed.doubted or claimed.at)
    if is_risky(ended, now + (pause or timedelta(0)), repeatable):
        return replace(ended, state=AnnouncementState.UNKNOWN)
    if pause is None:
        given_up = AnnouncementState.UNKNOWN if ended.doubted else AnnouncementState.FAILED
        return replace(ended, state=given_up)
    return replace(ended, state=AnnouncementState.WAITING, next_at=now + pause)


def cut_short(row: Announcement, repeatable: timedelta | None, now: datetime) -> Announcement:
    """A claim that nobody holds any more: it may have been made, so it is tried again or told of.

    Its attempt began at `row.at`; from then on nobody knows.
    """
    doubted = replace(row, doubted=row.doubted or row.at, at=now)
    if is_risky(doubted, now, repeatable):
        note = say("newsroom was stopped while it was being announced")
        return replace(doubted, state=AnnouncementState.UNKNOWN, note=note)
    return replace(doubted, state=AnnouncementState.WAITING, next_at=now)


def too_late(row: Announcement, now: datetime) -> Announcement:
    """What waited for so long that the channel would no longer know a repetition."""
    return replace(row, state=AnnouncementState.UNKNOWN, at=now)


def is_risky(row: Announcement, then: datetime, repeatable: timedelta | None) -> bool:
    """Whether an attempt at `then` might post what an earlier one has posted."""
    if row.doubted is None:
        return False
    return repeatable is None or then - row.doubted > repeatable


def _pause(claimed: Announcement, asked: timedelta | None) -> timedelta | None:
    """How long to wait before the next attempt; None when there were enough.

    Never less than the server asks for, up to an hour, and some more, so that many who were turned
    away together do not come back together.
    """
    if claimed.tries > len(_PAUSES):
        return None
    pause = max(_PAUSES[claimed.tries - 1], min(asked or timedelta(0), _LONGEST_ASKED))
    return pause * (1 + _SPREAD * _chance(claimed))


def _chance(claimed: Announcement) -> float:
    """A number from 0 to 1 that differs between items, channels and attempts, and never by luck."""
    seed = f"{claimed.channel}\n{claimed.item}\n{claimed.attempts}".encode()
    return int.from_bytes(sha256(seed).digest()[:4]) / 2**32
