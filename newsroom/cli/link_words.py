"""When links were last asked for, and when they are next, in the words of the desk."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsroom.cli.moments import moment
from newsroom.model.saying import Saying, joined, say

if TYPE_CHECKING:
    from newsroom.database.link_rounds import LinkRound

_BY_HAND = "newsroom check --links"
_LINE = say('links: {{day: monday, at: "06:00"}}')


def round_words(last: "LinkRound", now: datetime, zone: ZoneInfo) -> Saying:
    """How the last round went, or goes."""
    from newsroom.database.link_rounds import RoundState

    begun = moment(last.begun, zone)
    match last.state(now):
        case RoundState.UNDER_WAY:
            return say("they have been asked for since {at}, by {who}", at=begun, who=last.who)
        case RoundState.BROKEN_OFF:
            return say("the round of {at} broke off", at=begun)
        case RoundState.LEFT:
            return say("the round of {at} reached nobody", at=begun)
    return say("last asked for on {at}", at=moment(last.finished or last.begun, zone))


def next_words(at: datetime | None, zone: ZoneInfo, *, never_asked: bool) -> Saying:
    """When they are asked for next, and how it is done by hand where it has not been done yet."""
    if at is None:
        return say(
            "nothing asks for them by itself: schedule.yaml has no line links; write {line} there, "
            "or ask now: {command}",
            line=_LINE,
            command=_BY_HAND,
        )
    by_itself = say("newsroom run asks next on {at}", at=moment(at, zone))
    if not never_asked:
        return by_itself
    return joined("; ", (by_itself, say("to ask now: {command}", command=_BY_HAND)))
