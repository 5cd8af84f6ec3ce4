"""The days of the issues to come as a calendar, read by a program that reads calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar

from newsroom.render.calendars.issue_days import Entry, deadline_calendar
from tests.render.pieces import make_site

SITE = make_site()
SEND = Entry(
    uid="urn:uuid:4b1f6b3e-0000-5000-8000-000000000001",
    sequence=1,
    changed=datetime(2026, 11, 2, 7, 30, 15, 999, tzinfo=UTC),
    at=datetime(2026, 12, 1, 8, tzinfo=UTC),
    all_day=False,
    is_off=False,
    title="Utskick: Nyhetsbrev hösten 2026",
    lines=("Anna Ek har godkänt brevet; det går, av sig självt.", "Rad två"),
    url="https://nyheter.example.se/nyhetsbrev/",
    alarm=timedelta(hours=1),
)
DAY = replace(
    SEND,
    uid="urn:uuid:4b1f6b3e-0000-5000-8000-000000000002",
    at=datetime(2026, 11, 27, 8, tzinfo=UTC),
    all_day=True,
    alarm=timedelta(hours=15),
)


def read(*entries: Entry) -> Any:  # noqa: ANN401 (a property may be anything)
    """The calendar as icalendar reads it back."""
    return icalendar.Calendar.from_ical(deadline_calendar(SITE, entries, "Brevens dagar"))


def test_a_program_reads_it_back() -> None:
    """Names, local time with its zone, version and text are what was written; nothing is wrong."""
    made = read(SEND, DAY)
    day, send = made.events

    assert made.errors == []
    assert made["X-WR-CALNAME"] == "Brevens dagar"
    assert [str(zone["TZID"]) for zone in made.timezones] == ["Europe/Stockholm"]
    assert str(send["UID"]) == SEND.uid
    assert send["SEQUENCE"] == 1
    assert send["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert send.start == SEND.at
    assert send.end - send.start == timedelta(minutes=30)
    assert send["LAST-MODIFIED"].dt == datetime(2026, 11, 2, 7, 30, 15, tzinfo=UTC)
    assert str(send["DESCRIPTION"]) == "\n".join(SEND.lines)
    assert (send["CLASS"], send["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
    assert send["STATUS"] == "CONFIRMED"
    assert day.start == date(2026, 11, 27)
    assert day.end == date(2026, 11, 28)


def test_somebody_is_reminded_in_time() -> None:
    """The alarm of a day is at nine the morning before; one of an hour is that long before it."""
    day, send = read(SEND, DAY).events

    (morning,) = day.walk("VALARM")
    (hour,) = send.walk("VALARM")
    assert morning["TRIGGER"].dt == timedelta(hours=-15)
    assert hour["TRIGGER"].dt == timedelta(hours=-1)
    assert (hour["ACTION"], hour["DESCRIPTION"]) == ("DISPLAY", SEND.title)


def test_what_is_off_says_so_and_alarms_nobody() -> None:
    """Programs strike it through; none rings for it."""
    (event,) = read(replace(SEND, is_off=True)).events

    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []
    assert read(replace(SEND, alarm=None)).events[0].walk("VALARM") == []


def test_the_same_days_are_the_same_bytes() -> None:
    """In whatever order they come, and whenever it is made; lines are folded and end in CRLF."""
    made = deadline_calendar(SITE, (SEND, DAY), "Brevens dagar")

    assert made == deadline_calendar(SITE, (DAY, SEND), "Brevens dagar")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_a_day_nobody_has_written_down_is_older_than_any_change_of_it() -> None:
    """Else the first change would look like the older of the two."""
    (event,) = read(replace(SEND, changed=None, sequence=0)).events

    assert event["DTSTAMP"].dt < SEND.at - timedelta(days=700)


def test_a_time_that_the_clock_shows_twice_is_written_in_utc() -> None:
    """Every program reads that; the zone's block cannot tell which of the two is meant."""
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02.30 for the second time
    (event,) = read(replace(SEND, at=twice)).events

    assert event.start == twice
    assert "TZID" not in event["DTSTART"].params


def test_control_characters_and_line_breaks_do_not_forge_lines() -> None:
    """A title of a post cannot add a property of its own."""
    (event,) = read(replace(SEND, title="Utskick\r\nATTENDEE:x\x07", lines=("a\x00b",))).events

    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "Utskick ATTENDEE:x"
    assert event["DESCRIPTION"] == "ab"
