from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import UTC as DATEUTIL_UTC
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import Earlier, Event, EventStatus, Online, Place, Registration, Site
from newsroom.render.calendars.ics import calendar
from tests.render.pieces import URL, at, make_event, make_site


def write(events: Iterable[Event], site: Site | None = None) -> bytes:
    """The site's calendar of some events."""
    return calendar(site or make_site(), events, name="Exempel: kalender", path="calendar.ics")


def read(written: bytes) -> list[Any]:
    """The events of a calendar as an independent parser reads them."""
    return list(vobject.readOne(written.decode()).contents.get("vevent", []))


def unfolded(written: bytes) -> list[str]:
    """The lines of a calendar, put together again (RFC 5545, section 3.1)."""
    return written.decode().replace("\r\n ", "").split("\r\n")


def test_golden() -> None:
    """A calendar of one event, whole."""
    event = make_event(
        title="Höstmöte: delaktighet, på riktigt; allvarligt",
        summary="Två halvdagar om hur invånare kan vara med och bestämma.",
        place=Place("Konferens Vinkelhaken", "Vinkelgränd 7, Stockholm"),
        online=Online("https://mote.example.se/abc", "Zoom"),
        registration=Registration("https://anmalan.example.se/"),
        tags=("delaktighet", "aldre"),
    )

    lines = unfolded(write([event]))

    assert lines[:13] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//newsroom//newsroom//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "DESCRIPTION:Kommuner som arbetar för jämlik hälsa.",
        "NAME:Exempel: kalender",
        "X-WR-CALNAME:Exempel: kalender",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        f"SOURCE;VALUE=URI:{URL}/calendar.ics",
        f"URL:{URL}/kalender/",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Europe/Stockholm",
    ]
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        r"SUMMARY:Höstmöte: delaktighet\, på riktigt\; allvarligt",
        "DTSTART;TZID=Europe/Stockholm:20261021T130000",
        "DTEND;TZID=Europe/Stockholm:20261021T150000",
        "DTSTAMP:20240101T000000Z",
        "UID:urn:uuid:mote",
        "SEQUENCE:0",
        "CATEGORIES:Delaktighet,Aldre",
        "CONFERENCE;FEATURE=VIDEO;LABEL=Zoom;VALUE=URI:https://mote.example.se/abc",
        "DESCRIPTION:Två halvdagar om hur invånare kan vara med och bestämma."
        r"\nZoom: https://mote.example.se/abc\nAnmälan: https://anmalan.example.se/"
        rf"\nLäs mer: {URL}/kalender/mote/",
        "LAST-MODIFIED:20240101T000000Z",
        r"LOCATION:Konferens Vinkelhaken\, Vinkelgränd 7\, Stockholm",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        f"URL:{URL}/kalender/mote/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_lines_are_short_and_letters_whole() -> None:
    """No line has more than 75 octets, and none is cut inside a letter."""
    written = write([make_event(title="åäö" * 60, body="ööö " * 80)])

    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-28T13:00", "2026-03-28T15:00"),  # the day before summer time
        ("2026-03-29T01:30", "2026-03-29T03:30"),  # across the missing hour
        ("2026-03-29T13:00", "2026-03-29T15:00"),
        ("2026-07-01T13:00", "2026-07-02T12:00"),
        ("2026-10-24T13:00", "2026-10-25T13:00"),  # across the doubled hour
        ("2026-10-25T02:30", "2026-10-25T04:00"),
        ("2026-10-26T13:00", "2026-10-26T15:00"),
    ],
)
def test_instants_survive(start: str, end: str) -> None:
    """An independent parser, with the calendar's own rules, reads the same instants."""
    event = make_event(start=at(start), end=at(end))

    found = read(write([event]))[0]

    assert found.dtstart.value.astimezone(UTC) == event.start.astimezone(UTC)
    assert found.dtend.value.astimezone(UTC) == at(end).astimezone(UTC)


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("Europe/Stockholm", ["2026-03-29", "2026-10-25"]),
        ("Europe/Lisbon", ["2026-03-29", "2026-10-25"]),
        ("America/New_York", ["2026-03-08", "2026-11-01"]),
        ("Australia/Lord_Howe", ["2026-04-05", "2026-10-04"]),  # by half an hour
    ],
)
def test_instants_around_each_change_of_the_clock(key: str, days: list[str]) -> None:
    """Before, on and after the days on which clocks change, every half hour is read back right."""
    zone = ZoneInfo(key)
    first = [datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=1) for day in days]
    instants = [day + timedelta(minutes=30 * n) for day in first for n in range(48 * 3)]
    events = [
        make_event(f"e{n:03}", start=instant.astimezone(zone), end=None)
        for n, instant in enumerate(instants)
    ]

    written = write(events, make_site(timezone=zone))

    found = {event.uid.value: event.dtstart.value.astimezone(UTC) for event in read(written)}
    assert found == {event.id: event.start.astimezone(UTC) for event in events}
    local = [line for line in unfolded(written) if line.startswith(f"DTSTART;TZID={key}:")]
    assert len(events) - 3 <= len(local) < len(events)  # all but the second of two like hours


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("Africa/Casablanca", "2026-02-25T18:00"),  # in Ramadan
        ("Africa/Casablanca", "2026-07-01T18:00"),
        ("Europe/Stockholm", "1994-10-10T18:00"),  # summer time ended in September then
    ],
)
def test_what_no_yearly_rule_tells_is_in_utc(key: str, start: str) -> None:
    """Where a block of rules would be wrong, the instant is written in a way that needs none."""
    zone = ZoneInfo(key)
    event = make_event(start=datetime.fromisoformat(start).replace(tzinfo=zone), end=None)

    written = write([event], make_site(timezone=zone))

    instant = event.start.astimezone(UTC)
    assert f"DTSTART:{instant:%Y%m%dT%H%M%SZ}" in unfolded(written)
    assert "RDATE" not in written.decode()
    assert read(written)[0].dtstart.value.astimezone(UTC) == instant


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_survives_folding(title: str) -> None:
    """Whatever the letters, lines hold 75 octets at most and an independent parser reads them."""
    written = write([make_event(title=title, place=Place(f"å{title}"))])

    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert [line for line in written.split(b"\r\n") if line.decode() is None] == []
    found = read(written)[0]
    assert found.location.value.removeprefix("å").strip() == found.summary.value.strip()


def test_all_day() -> None:
    """An all-day event has dates, and ends on the day after its last."""
    events = [
        make_event("a", all_day=True, start=at("2026-03-14T00:00"), end=at("2026-03-16T00:00")),
        make_event("b", all_day=True, start=at("2026-03-28T00:00"), end=None),
    ]

    two, one = read(write(events))

    assert (two.dtstart.value, two.dtend.value) == (date(2026, 3, 14), date(2026, 3, 16))
    assert (one.dtstart.value, one.dtend.value) == (date(2026, 3, 28), date(2026, 3, 29))


def test_no_end() -> None:
    """An event that says no end has none."""
    assert "dtend" not in read(write([make_event(end=None)]))[0].contents


@pytest.mark.parametrize(
    ("status", "state", "sequence", "title"),
    [
        (EventStatus.PLANNED, "CONFIRMED", "0", "Träffen mote"),
        (EventStatus.MOVED, "CONFIRMED", "1", "Träffen mote"),
        (EventStatus.POSTPONED, "TENTATIVE", "1", "UPPSKJUTET: Träffen mote"),
        (EventStatus.CANCELLED, "CANCELLED", "1", "INSTÄLLT: Träffen mote"),
    ],
)
def test_status(status: EventStatus, state: str, sequence: str, title: str) -> None:
    """A cancelled event stays, with a state, a higher sequence and a title that says so."""
    found = read(write([make_event(status=status)]))[0]

    assert (found.status.value, found.sequence.value) == (state, sequence)
    assert found.summary.value == title


def test_a_history_of_changes() -> None:
    """Each change raises the sequence and moves the stamp, and what is new is said in words."""
    earlier = (
        Earlier(start=at("2026-10-07T13:00"), changed=at("2026-09-01T10:00")),
        Earlier(place=Place("A"), changed=at("2026-09-15T10:00")),
    )
    event = make_event(place=Place("B"), previously=earlier, updated=at("2026-09-02T10:00"))

    found = read(write([event]))[0]

    assert found.sequence.value == "2"
    assert found.dtstamp.value == datetime(2026, 9, 15, 8, tzinfo=DATEUTIL_UTC)
    assert found.description.value.splitlines()[:2] == [
        "Ny dag: onsdag 21 oktober (tidigare 7 oktober).",
        "Ny plats: B (tidigare A).",
    ]


@pytest.mark.parametrize(
    ("status", "first"),
    [
        (EventStatus.CANCELLED, "Inställt. Det blir inte av."),
        (EventStatus.POSTPONED, "Uppskjutet. En ny tid meddelas senare."),
    ],
)
def test_what_is_off_asks_nobody_to_come(status: EventStatus, first: str) -> None:
    """That it is off stands first, and nothing tells how to register, pay or log in."""
    event = make_event(
        status=status,
        summary="En dag om ensamhet.",
        place=Place("B"),
        online=Online("https://e.test/m"),
        registration=Registration("https://e.test/a", at("2026-10-01T23:59"), "Gratis"),
        program="- 13.00 Kaffe",
        previously=(Earlier(place=Place("A")),),
    )

    found = read(write([event]))[0]

    assert found.description.value.splitlines() == [
        first,
        "En dag om ensamhet.",
        f"Läs mer: {URL}/kalender/mote/",
    ]
    assert "conference" not in found.contents


def test_how_to_take_part() -> None:
    """The description has the last day to register, the cost and the programme, line by line."""
    registration = Registration("https://e.test/a", at("2026-10-01T23:59"), "450 kronor")
    event = make_event(registration=registration, program="- 13.00 Kaffe\n- 13.30 [Samtal](x.md)")

    assert read(write([event]))[0].description.value.splitlines()[:-1] == [
        "Anmäl dig senast 1 oktober 2026.",
        "Anmälan: https://e.test/a",
        "Kostnad: 450 kronor",
        "Program:",
        "- 13.00 Kaffe",
        "- 13.30 Samtal",
    ]


def test_a_correction_of_the_text() -> None:
    """A corrected word moves the stamp that the editor moved, and never the sequence."""
    event = make_event(previously=(Earlier(start=at("2026-10-07T13:00")),))
    corrected = make_event(
        body="Rättat.", previously=event.previously, updated=at("2026-09-20T10:00")
    )

    before, after = read(write([event]))[0], read(write([corrected]))[0]

    assert before.sequence.value == after.sequence.value == "1"
    assert before.dtstamp.value < after.dtstamp.value


def test_english() -> None:
    """The words that we add are in the site's language."""
    found = read(write([make_event(status=EventStatus.CANCELLED)], make_site(language="en")))[0]

    assert found.summary.value == "CANCELLED: Träffen mote"


def test_dates_of_change_come_from_the_file() -> None:
    """A correction moves the stamp; without one it lies before any correction, never at now."""
    corrected = make_event("a", updated=at("2026-09-01T10:00"))

    found = read(write([corrected, make_event("b")]))

    stamps = [event.dtstamp.value.astimezone(DATEUTIL_UTC) for event in found]
    assert stamps == [datetime(2026, 9, 1, 8, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)]
    assert found[0].contents["last-modified"][0].value == stamps[0]


@pytest.mark.parametrize(
    ("place", "online", "location"),
    [
        (Place("Folkets hus"), None, "Folkets hus"),
        (Place("Folkets hus"), Online("https://e.test/m"), "Folkets hus"),
        (None, Online("https://e.test/m"), "https://e.test/m"),
    ],
)
def test_place(place: Place | None, online: Online | None, location: str) -> None:
    """The place is where people meet, else the address on the web."""
    assert read(write([make_event(place=place, online=online)]))[0].location.value == location


def test_neither_place_nor_text() -> None:
    """An event of which little is known says where there may be more."""
    found = read(write([make_event()]))[0]

    assert "location" not in found.contents
    assert found.description.value == f"Läs mer: {URL}/kalender/mote/"


def test_nobody_is_named_or_alarmed() -> None:
    """A public calendar has no attendees, organisers or alarms."""
    written = write([make_event(contacts=("anna",))])

    assert not any(word in written for word in (b"ATTENDEE", b"ORGANIZER", b"VALARM", b"mailto"))


def test_order_and_bytes() -> None:
    """Events stand by start and slug, and the same events give the same bytes in any order."""
    events = [make_event("b"), make_event("a"), make_event("c", start=at("2026-01-01T10:00"))]

    written = write(events)

    assert written == write(reversed(events))
    assert [event.uid.value for event in read(written)] == [
        "urn:uuid:c",
        "urn:uuid:a",
        "urn:uuid:b",
    ]


def test_empty() -> None:
    """A calendar without events is still a calendar."""
    assert read(write([])) == []


def test_hostile_text_stays_text() -> None:
    """No title or place can begin a line of its own."""
    event = make_event(
        title="A\r\nATTENDEE:mailto:x@e.test", place=Place("B\nEND:VEVENT\x00"), summary="C\r\nX:y"
    )

    lines = unfolded(write([event]))

    assert "SUMMARY:A ATTENDEE:mailto:x@e.test" in lines
    assert "LOCATION:B END:VEVENT" in lines
    assert lines.count("END:VEVENT") == 1
    assert not any(line.startswith(("ATTENDEE", "X:")) for line in lines)
