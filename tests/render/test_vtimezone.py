from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from newsroom.render.vtimezone import time_zone

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


def test_stockholm() -> None:
    """Stockholm's block is the one that every program reads."""
    written = time_zone(ZoneInfo("Europe/Stockholm")).to_ical().decode()

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
    written = time_zone(ZoneInfo(key)).to_ical().decode()

    found = [line for line in written.splitlines() if line.startswith("RRULE")]
    assert len(found) == len(rules)
    assert all(rule in line for rule, line in zip(rules, found, strict=True))


@pytest.mark.parametrize("key", ["Africa/Cairo", "Asia/Gaza"])
def test_zones_without_such_a_rule(key: str) -> None:
    """Where the change wanders between months, single dates are listed."""
    assert "RDATE" in time_zone(ZoneInfo(key)).to_ical().decode()


@pytest.mark.parametrize(
    "key", ["Europe/Stockholm", "Europe/Dublin", "America/New_York", "America/Nuuk", "Asia/Kolkata"]
)
def test_an_independent_reader(key: str) -> None:
    """Another program reads the same offset from the block on every hour that exists."""
    zone = ZoneInfo(key)
    read = tzical(StringIO(time_zone(zone).to_ical().decode())).get()
    hours = (datetime(2027, 1, 1, 0, 30) + timedelta(hours=hour) for hour in range(24 * 366))  # noqa: DTZ001

    wrong = [
        hour
        for hour in hours
        if hour.replace(tzinfo=read).utcoffset() != hour.replace(tzinfo=zone).utcoffset()
    ]

    assert len(wrong) <= 1  # the hour of spring that no clock shows
