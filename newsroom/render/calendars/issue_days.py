"""The days of the issues to come, as a calendar of one's own to subscribe to (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar

from newsroom.model import Site
from newsroom.render.calendars.vtimezone import is_told, time_zone
from newsroom.render.text.characters import legal, one_line

_REFRESH = timedelta(hours=6)
_DAY = timedelta(days=1)
_SHOWN = timedelta(minutes=30)  # how long an hour of the day is drawn
_LONG_BEFORE = timedelta(days=730)  # a day that nobody has written down yet, before any change


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One of those days, in words."""

    uid: str  # the same however often it is moved
    sequence: int
    changed: datetime | None  # aware
    at: datetime  # aware
    all_day: bool  # only the day counts
    is_off: bool
    title: str
    lines: tuple[str, ...]  # what is asked, and how it is done
    url: str
    alarm: timedelta | None  # how long before it somebody is reminded; of a day: before midnight


def deadline_calendar(site: Site, entries: Iterable[Entry], name: str) -> bytes:
    """The calendar of these days. The same entries give the same bytes."""
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//newsroom//newsroom//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        made.add(key, one_line(name))
    made.add("x-wr-timezone", site.timezone.key)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")  # the same for Outlook
    if block := time_zone(site.timezone):
        made.add_component(block)
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.uid)):
        made.add_component(_event(site, entry))
    return bytes(made.to_ical())


def _event(site: Site, entry: Entry) -> icalendar.Event:
    made = icalendar.Event()
    changed = (entry.changed or entry.at - _LONG_BEFORE).astimezone(UTC).replace(microsecond=0)
    made.add("uid", entry.uid)
    made.add("dtstamp", changed)  # of what is published: when it was last changed (3.8.7.2)
    made.add("last-modified", changed)
    made.add("sequence", entry.sequence)
    made.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    made.add("summary", one_line(entry.title))
    made.add("transp", "TRANSPARENT")  # it makes nobody busy
    made.add("class", "PRIVATE")
    made.add("url", entry.url)
    made.add("description", "\n".join(legal(line) for line in entry.lines))
    _add_times(made, site, entry)
    if entry.alarm is not None and not entry.is_off:
        made.add_component(_alarm(entry))
    return made


def _add_times(made: icalendar.Event, site: Site, entry: Entry) -> None:
    local = entry.at.astimezone(site.timezone)
    if entry.all_day:
        day: date = local.date()
        made.add("dtstart", day)
        made.add("dtend", day + _DAY)  # exclusive
        return
    told = is_told(site.timezone, local) and is_told(site.timezone, local + _SHOWN)
    for key, moment in (("dtstart", local), ("dtend", local + _SHOWN)):
        made.add(key, moment if told else moment.astimezone(UTC))


def _alarm(entry: Entry) -> icalendar.Alarm:
    made = icalendar.Alarm()
    made.add("action", "DISPLAY")
    made.add("description", one_line(entry.title))
    made.add("trigger", -(entry.alarm or timedelta()))
    return made
