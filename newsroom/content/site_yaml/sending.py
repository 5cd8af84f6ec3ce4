"""The `sending` lines of site.yaml: how fast and when an issue leaves, in plain words."""

import re
from datetime import time, timedelta
from enum import StrEnum

from newsroom.content.front.fields import Fields
from newsroom.model import Canary, Hours, LaneGroup, Pace, Sending
from newsroom.model.saying import say
from newsroom.model.words_of_time import UNITS, find_duration, find_time, find_weekday

_PACE = re.compile(r"([0-9]{1,6}) +(?:per|om|i) +(?:([0-9]{1,4}) +)?([a-zåäö]+)")
_RANGE = re.compile(r"(.+?)(?: +(?:to|till) +| *[–-] *)(.+)")
_UNITS = {**UNITS, **dict.fromkeys(("second", "seconds", "sekund"), timedelta(seconds=1))}
_WEEK = 7
_MOST_CONNECTIONS = 50


class _Then(StrEnum):
    AUTO = "auto"
    ASK = "ask"


class _OnUnknown(StrEnum):
    HOLD = "hold"
    RESEND = "resend"


def read_sending(site: Fields) -> Sending:
    """The sending lines, with the default where one is left out."""
    usual = Sending()
    fields = site.nested("sending", "sending: {pace: 20 per minute}")
    if fields is None:
        return usual
    return Sending(
        pace=_pace(fields, "pace", usual.pace),
        lane_pace=_pace(fields, "lane_pace", usual.lane_pace),
        sender_pace=_pace(fields, "sender_pace", usual.sender_pace),
        system_pace=_pace(fields, "system_pace", usual.system_pace),
        lanes=_lanes(fields),
        connections=_count(fields, "connections", usual.connections),
        hours=_hours(fields, usual.hours),
        canary=_canary(fields, usual.canary),
        undo=_duration(fields, "undo", usual.undo),
        retry=_retry(fields, usual.retry),
        deadline=_duration(fields, "deadline", usual.deadline),
        doctor=_doctor(fields, usual.doctor),
        resend_unknown=fields.choice("on_unknown", _OnUnknown, _OnUnknown.HOLD)
        is _OnUnknown.RESEND,
    )


def find_pace(text: str) -> Pace | None:
    """`20 per minute`, `100 per 2 timmar`."""
    found = _PACE.fullmatch(text.lower())
    if found is None or found[3] not in _UNITS or int(found[1]) == 0 or int(found[2] or 1) == 0:
        return None
    return Pace(int(found[1]), int(found[2] or 1) * _UNITS[found[3]])


def find_days(text: str) -> frozenset[int] | None:
    """`monday to friday`, `måndag–fredag`, `friday`; 0 is Monday."""
    span = _RANGE.fullmatch(text)
    first, last = (
        (find_weekday(end) for end in span.groups()) if span else (find_weekday(text),) * 2
    )
    if first is None or last is None:
        return None
    return frozenset((first + step) % _WEEK for step in range((last - first) % _WEEK + 1))


def _pace(fields: Fields, name: str, usual: Pace | None) -> Pace | None:
    if _says(fields, name, "unlimited", "obegränsat"):
        return None
    return fields.read(name, find_pace, usual, say("a pace"), say("20 per minute, or unlimited"))


def _count(fields: Fields, name: str, usual: int) -> int:
    count = fields.number(name)
    if count is not None and not 1 <= count <= _MOST_CONNECTIONS:
        message = say("{field} {number} is out of bounds", field=name, number=count)
        fix = say("write a number from 1 to {most}", most=_MOST_CONNECTIONS)
        fields.error(name, "bad-number", message, fix)
    return usual if count is None else count


def _duration(fields: Fields, name: str, usual: timedelta) -> timedelta:
    return fields.read(name, find_duration, usual, say("a length of time"), "15 minutes")


def _doctor(fields: Fields, usual: timedelta | None) -> timedelta | None:
    if _says(fields, "doctor", "never", "aldrig"):
        return None
    example = say("24 hours, or never")
    return fields.read("doctor", find_duration, usual, say("a length of time"), example)


def _hours(fields: Fields, usual: Hours | None) -> Hours | None:
    if not fields.has("hours"):
        return usual
    if _says(fields, "hours", "always", "alltid"):
        return None
    hours = fields.nested("hours", 'hours: {days: monday to friday, from: "08:00", to: "16:00"}')
    if hours is None:
        return usual
    start, end = _clock(hours, "from", time(8)), _clock(hours, "to", time(16))
    if end <= start:
        message = say("to {end:%H:%M} is not after from {start:%H:%M}", end=end, start=start)
        hours.error("to", "end-before-start", message, say('write a later time: "16:00"'))
    return Hours(_days(hours), start, end)


def _clock(fields: Fields, name: str, usual: time) -> time:
    return fields.read(name, find_time, usual, say("a time of day"), '"08:00"')


def _days(hours: Fields) -> frozenset[int]:
    """Weekdays by name only: is 1 Monday or Tuesday? Programs disagree, so nobody should guess."""
    what, example = say("days by name"), "monday to friday"
    if not hours.is_list("days"):
        return hours.read("days", find_days, frozenset(range(5)), what, example)
    return frozenset().union(*hours.read_list("days", find_days, (), what, example))


def _canary(fields: Fields, usual: Canary | None) -> Canary | None:
    if not fields.has("canary"):
        return usual
    if _says(fields, "canary", "none", "ingen", "inga"):
        return None
    canary = fields.nested("canary", "canary: {count: 20, wait: 15 minutes}")
    if canary is None or usual is None:
        return usual
    count = canary.number("count")
    if count is not None and count < 1:
        message = say("count {number} is nobody", number=count)
        canary.error("count", "bad-number", message, say("write {words}", words="canary: none"))
    return Canary(
        count=usual.count if count is None else count,
        wait=_duration(canary, "wait", usual.wait),
        asks=canary.choice("then", _Then, _Then.AUTO) is _Then.ASK,
        seeds=tuple(address.lower() for address in canary.texts("seeds")),
    )


def _lanes(fields: Fields) -> tuple[LaneGroup, ...]:
    """Groups of receiving hosts under names of the newsroom's own."""
    lanes = fields.nested("lanes", "lanes: {region: {hosts: [mail.region.example]}}")
    return tuple(_lane(lanes, name) for name in lanes.names()) if lanes else ()


def _lane(lanes: Fields, name: str) -> LaneGroup:
    lane = lanes.nested(name, f"{name}: {{hosts: [mail.region.example], pace: 10 per minute}}")
    if lane is None:
        return LaneGroup(name, ())
    hosts = tuple(host.lower().strip(".") for host in lane.texts("hosts"))
    pace = _pace(lane, "pace", None)
    if not hosts and pace is None:  # a pace alone is for a lane that is there anyhow
        lane.missing("hosts", "[mail.region.example]")
    return LaneGroup(name, hosts, pace)


def _retry(fields: Fields, usual: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    return fields.read_list("retry", find_duration, usual, say("a length of time"), "5 minutes")


def _says(fields: Fields, name: str, *words: str) -> bool:
    return fields.is_text(name) and (fields.text(name) or "").lower() in words
