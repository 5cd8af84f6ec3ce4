"""An issue on the screen of `status`: its line, and below it what it waits for."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from newsroom.cli.moments import moment
from newsroom.cli.screen import Line
from newsroom.jobs.issue.issue_status import status_line
from newsroom.jobs.issue.silence_words import silence_lines
from newsroom.model.delivery import Counts
from newsroom.model.saying import say

_LANES = 3  # that rest
_BELOW = " "  # stands before what belongs to the line above it


def issue_lines(tally: Counts, zone: ZoneInfo) -> Iterator[Line]:
    """An issue, what nobody has seen to, and the hosts that rest, each with the reason."""
    yield Line(status_line(tally, zone))
    yield from (Line(line, _BELOW) for line in silence_lines(tally, zone))
    resting = ((lane, lane.until) for lane in tally.lanes if lane.until and lane.reason)
    for lane, until in list(resting)[:_LANES]:
        what = say(
            "{lane} rests until {until}: {why}",
            lane=lane.lane,
            until=moment(until, zone),
            why=lane.reason or "-",
        )
        yield Line(what, _BELOW)
