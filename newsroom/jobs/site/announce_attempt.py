"""One attempt to announce something: claimed, made, and written down, in this order."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsroom.database.announcements import (
    TROUBLED,
    Announcement,
    AnnouncementRows,
    AnnouncementState,
)
from newsroom.jobs.site.announce_course import cut_short, is_risky, settled, too_late
from newsroom.model.saying import Saying
from newsroom.outside.channels.channel import Api, ChannelAnswer, ChannelVerdict

log = logging.getLogger(__name__)

_AFTER_FAILURE = timedelta(hours=1)  # then what is next shows whether it has been mended

Rows = Mapping[str, Announcement]  # of one channel, by item


@dataclass(frozen=True, slots=True)
class Office:
    """What announcements are made with."""

    rows: AnnouncementRows
    api: Api
    clock: Callable[[], datetime]  # the same on every machine: claims are made by it
    is_live: Callable[[str], bool] = lambda _url: True  # whether the page at an address answers


@dataclass(slots=True)
class Round:
    """What one round of announcements came to."""

    made: list[Announcement] = field(default_factory=list)
    waiting: list[Announcement] = field(default_factory=list)
    troubled: list[Announcement] = field(default_factory=list)  # failed, or unknown
    behind: list[Announcement] = field(default_factory=list)  # all that waits on a channel at rest
    remarks: list[Saying] = field(default_factory=list)  # of new channels, and of floods
    is_unfinished: bool = False  # something was left for later, without a row that waits

    def with_(self, other: "Round") -> "Round":
        """Both rounds as one."""
        return Round(
            [*self.made, *other.made],
            [*self.waiting, *other.waiting],
            [*self.troubled, *other.troubled],
            [*self.behind, *other.behind],
            [*self.remarks, *other.remarks],
            is_unfinished=self.is_unfinished or other.is_unfinished,
        )

    def add(self, row: Announcement) -> None:
        """Put an announcement where it belongs."""
        if row.state is AnnouncementState.DONE:
            self.made.append(row)
        elif row.state is AnnouncementState.WAITING:
            self.waiting.append(row)
        elif row.state in TROUBLED:
            self.troubled.append(row)


def attempt(
    office: Office,
    seen: Announcement | None,
    wanted: Announcement,
    go: Callable[[Announcement], ChannelAnswer],
    repeatable: timedelta | None,
) -> tuple[Announcement, bool] | None:
    """What came of an attempt, and whether others on the channel need not try now.

    None when somebody else has the item in hand, or has dealt with it.
    """
    claimed = office.rows.claim(seen, wanted, office.clock())
    if claimed is None:
        return None
    result = go(claimed)
    ended = settled(claimed, result, repeatable, office.clock())
    if not office.rows.settle(claimed, ended):
        log.warning(
            "%s: what came of attempt %d at %s is not on record (%s): it is in other hands by now",
            claimed.channel,
            claimed.attempts,
            claimed.item,
            ended.state,
        )
    return ended, result.everybody and result.verdict is not ChannelVerdict.DONE


def looked_after(
    office: Office, rows: Rows, repeatable: timedelta | None, done: Round
) -> dict[str, Announcement]:
    """The rows, after those that a process left behind, or that it is too late for, were settled.

    What must not be tried again is told of in the round.
    """
    now, kept = office.clock(), dict(rows)
    for item, row in rows.items():
        better = _better(row, repeatable, now)
        if better is not None and office.rows.put(row, better):
            kept[item] = better
            if better.state is AnnouncementState.UNKNOWN:
                done.add(better)
    return kept


@dataclass(frozen=True, slots=True)
class Rest:
    """That a channel is left alone for a while."""

    until: datetime
    reason: str | None  # what it said when it was asked last


def rest_of(rows: Iterable[Announcement], now: datetime) -> Rest | None:
    """The rest of a channel on which something waits, or has just failed; None: it may be tried."""
    at_rest = [
        Rest(until, row.note)
        for row in rows
        if row.at <= now  # else a clock was wrong then
        and (until := _rests_until(row))
        and until > now
    ]
    return max(at_rest, key=lambda rest: rest.until, default=None)


def _rests_until(row: Announcement) -> datetime | None:
    if row.state is AnnouncementState.WAITING:
        return row.next_at
    return row.at + _AFTER_FAILURE if row.state in TROUBLED else None


def _better(row: Announcement, repeatable: timedelta | None, now: datetime) -> Announcement | None:
    if row.was_cut_short(now):
        return cut_short(row, repeatable, now)
    if row.state is AnnouncementState.WAITING and is_risky(row, now, repeatable):
        return too_late(row, now)
    return None
