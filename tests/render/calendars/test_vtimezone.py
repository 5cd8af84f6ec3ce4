from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical

from newsroom.render.calendars.vtimezone import is_told, time_zone

STOCKHOLM = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def text_of(key: str) -> str:
    """The block of a zone that has one."""
    block = time_zone(ZoneInfo(key))
    assert block is not None
    return str(block.to_ical().decode())


def test_stockholm() -> None:
    """Stockholm's block is the one that every program reads."""
    written = text_of("Europe/Stockholm")

    assert written.replace("\r\n", "\n") == STOCKHOLM


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("America/New_York", ["BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"]),
        ("Australia/Sydney", ["BYDAY=1SU;BYMONTH=4", "BYDAY=1SU;BYMONTH=10"]),
        ("Asia/Jerusalem", ["BYMONTHDAY=23,24,25,26,27,28,29;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"]),
        ("Asia/Kolkata", []),
        ("UTC", []),
    ],
)
def test_rules(key: str, rules: list[str]) -> None:
    """The rule is found for the second Sunday, the last, a Friday of some dates, and for none."""
    written = text_of(key)

    found = [line for line in written.splitlines() if line.startswith("RRULE")]
    assert len(found) == len(rules)
    assert all(rule in line for rule, line in zip(rules, found, strict=True))


def test_a_change_at_the_midnight_after_the_last_thursday() -> None:
    """A change that falls in one month or the next is told as the second before it."""
    assert "DTSTART:19701029T235959\r\nRRULE:FREQ=YEARLY;BYDAY=-1TH;BYMONTH=10" in (
        text_of("Africa/Cairo")
    )


@pytest.mark.parametrize(
    "key", ["Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron"]
)
def test_zones_without_a_yearly_rule(key: str) -> None:
    """Where Ramadan decides there is no block, and no time that it would tell."""
    zone = ZoneInfo(key)

    assert time_zone(zone) is None
    assert not is_told(zone, datetime(2026, 7, 1, 12, tzinfo=zone))


def test_every_zone_has_rules_that_an_independent_reader_reads_right() -> None:
    """No block of any zone lists dates, and each gives the offsets that the zone has in 2033."""
    blocks = {key: time_zone(ZoneInfo(key)) for key in sorted(available_timezones())}
    written = {key: block.to_ical().decode() for key, block in blocks.items() if block}
    one_each = {
        text.partition("\r\n")[2].partition("\r\n")[2]: key for key, text in written.items()
    }
    times = [datetime(2033, 1, 1, 0, 30) + timedelta(hours=7 * n) for n in range(1250)]  # noqa: DTZ001

    wrong = []
    for key in one_each.values():
        zone, read = ZoneInfo(key), tzical(StringIO(written[key])).get()
        wrong += [
            (key, time)
            for time in times
            if time.replace(tzinfo=read).utcoffset() != time.replace(tzinfo=zone).utcoffset()
            and is_real(time, zone)
        ]

    assert len(blocks) - len(written) == 4
    assert len(one_each) > 50
    assert [key for key, text in written.items() if "RDATE" in text] == []
    assert wrong == []


def is_real(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock ever shows this time."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None) == wall


@pytest.mark.parametrize(
    ("key", "time", "expected"),
    [
        ("Europe/Stockholm", "2026-07-01T12:00", True),
        ("Europe/Stockholm", "2099-12-31T12:00", True),
        ("Europe/Stockholm", "2026-03-29T03:00", True),
        ("Europe/Stockholm", "2026-10-25T02:30", True),
        ("Europe/Stockholm", "1990-10-15T12:00", False),  # summer time ended in September then
        ("Europe/Stockholm", "1990-07-15T12:00", True),
        ("America/Mexico_City", "2021-07-01T12:00", False),  # there was summer time until 2022
        ("America/Mexico_City", "2021-01-01T12:00", True),
        ("America/New_York", "2006-03-20T12:00", False),
        ("Europe/Stockholm", "1965-01-01T12:00", False),  # before the block begins
    ],
)
def test_times_that_the_block_tells(key: str, time: str, expected: bool) -> None:  # noqa: FBT001
    """A time in a year of other rules is known not to be told by the block."""
    zone = ZoneInfo(key)

    assert is_told(zone, datetime.fromisoformat(time).replace(tzinfo=zone)) is expected


def test_the_second_of_two() -> None:
    """A reader takes the first of two like times, so the second is not told."""
    zone = ZoneInfo("Europe/Stockholm")

    assert not is_told(zone, datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=1))


@pytest.mark.parametrize(
    "key", ["Europe/Stockholm", "Europe/Dublin", "America/New_York", "America/Nuuk", "Asia/Kolkata"]
)
def test_an_independent_reader(key: str) -> None:
    """Another program reads the same offset from the block on every hour that exists."""
    zone = ZoneInfo(key)
    read = tzical(StringIO(text_of(key))).get()
    hours = (datetime(2027, 1, 1, 0, 30) + timedelta(hours=hour) for hour in range(24 * 366))  # noqa: DTZ001

    wrong = [
        hour
        for hour in hours
        if hour.replace(tzinfo=read).utcoffset() != hour.replace(tzinfo=zone).utcoffset()
    ]

    assert len(wrong) <= 1  # the hour of spring that no clock shows
