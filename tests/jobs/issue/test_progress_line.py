"""An issue on its way in one short line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.jobs.issue.progress_line import progress_line
from newsroom.model.delivery import Counts, LaneStatus, Silent

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC).astimezone(STOCKHOLM)
TALLY = Counts(
    issue="2026-host",
    state="sending",
    frozen=60,
    pending=40,
    claimed=0,
    deferred=0,
    accepted=20,
    refused=0,
    excluded=0,
    unknown=0,
    cancelled=0,
    unknown_recipients=(),
    lanes=(LaneStatus("example.se", "open", None),),
)
SOON, TOMORROW = NOW + timedelta(minutes=18), NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        ({}, ""),
        ({"send_after": SOON.astimezone(UTC)}, "; the first mail leaves at 15:18"),
        (
            {"pending": 0, "claimed": 1, "silent": Silent(1, SOON.astimezone(UTC))},
            "; the word of a sender that fell silent is waited for until 15:18",
        ),
        (
            {"lanes": (LaneStatus("global", "paused", "no answer", SOON.astimezone(UTC)),)},
            "; the mail server takes nothing: next try at 15:18",
        ),
        ({"lanes": (LaneStatus("example.se", "stopped", "why"),)}, "; example.se stopped"),
        (
            {"pending": 0, "deferred": 40, "next_at": TOMORROW},
            "; 40 deferred; next try at 2026-11-25 15:00",
        ),
    ],
    ids=["under way", "undo window", "sender silent", "relay rests", "lane stopped", "put off"],
)
def test_what_the_next_mail_waits_for(fields: dict[str, object], rest: str) -> None:
    """The line tells why nothing leaves, in the local time of who reads it."""
    tally = replace(TALLY, **fields)  # type: ignore[arg-type]

    assert progress_line(tally, NOW) == f"2026-host: 20 of 60 accepted{rest}"
