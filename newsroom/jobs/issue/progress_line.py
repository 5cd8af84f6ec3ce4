"""An issue on its way in one short line: how many have it, and what the next mail waits for."""

from datetime import datetime

from newsroom.delivery.pace.lanes import GLOBAL
from newsroom.model.delivery import Counts, LaneStatus
from newsroom.model.saying import Saying, joined, say


def progress_line(tally: Counts, now: datetime) -> Saying:
    """The line of an issue at `now`, which is local to who reads it."""
    parts = [
        say(
            "{issue}: {accepted} of {number} accepted",
            issue=tally.issue,
            accepted=tally.accepted,
            number=tally.frozen,
        )
    ]
    if tally.deferred:
        parts.append(say("{number} deferred", number=tally.deferred))
    if (waits := _what_for(tally, now)) is not None:
        parts.append(waits)
    return joined("; ", parts)


def at_rest(lane: LaneStatus, now: datetime) -> Saying | None:
    """That mail does not flow to a lane, and until when; None of one that is open."""
    if lane.state == "open":
        return None
    whose = say("the mail server takes nothing") if lane.lane == GLOBAL else lane.lane
    if lane.state == "stopped" or lane.until is None:
        return say("{lane} stopped", lane=whose)
    return say("{lane}: next try at {at}", lane=whose, at=_clock_time(lane.until, now))


def _what_for(tally: Counts, now: datetime) -> Saying | None:
    if tally.send_after is not None and tally.may_be_undone(now):
        at = _clock_time(tally.send_after, now)
        return say("the first mail leaves at {at}", at=at)
    resting = [line for lane in tally.lanes if (line := at_rest(lane, now)) is not None]
    if resting:
        return resting[0]  # all lanes together stand first
    if tally.next_at is not None and tally.waiting == tally.deferred:
        return say("next try at {at}", at=_clock_time(tally.next_at, now))
    if tally.silent is not None and tally.silent.until and tally.waiting == tally.claimed:
        at = _clock_time(tally.silent.until, now)
        return say("the word of a sender that fell silent is waited for until {at}", at=at)
    return None


def _clock_time(at: datetime, now: datetime) -> str:
    """The time on the wall, with its day when that is not today."""
    local = at.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"
