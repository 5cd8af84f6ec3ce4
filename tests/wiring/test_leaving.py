"""Where mail goes, and how late an issue may still begin."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsroom.schedule import latest_send
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.newsletter import goes_further
from tests.newsrooms import put
from tests.render.pieces import at

SITE = """\
name: Nätverket
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: nyhetsbrev@example.se}
"""
SCHEDULE = """\
newsletter:
  host: {month: december, day: första tisdagen, at: "09:00"}
"""


@pytest.mark.parametrize(
    ("mail", "further"),
    [
        ("folder:/var/outgoing", False),
        ("smtp://127.0.0.1:1025", False),  # a catcher
        ("smtp://localhost:25", True),  # a relay of one's own
        ("smtp://[::1]", True),
        ("smtp+starttls://user:password@mail.example.se:587", True),
        ("postmark://TOKEN@broadcast", True),
    ],
)
def test_the_dns_is_asked_where_mail_goes_further(mail: str, further: bool) -> None:  # noqa: FBT001 (the expected answer)
    """Where mail stays on the machine nobody asks the DNS about readers' domains."""
    assert goes_further(mail) is further


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        (None, 6),
        (SCHEDULE, 6),
        (SCHEDULE + "catch_up: {newsletter: {latest, within: 2 hours}}\n", 2),
    ],
    ids=["no schedule", "usual", "said"],
)
def test_how_late_an_issue_may_begin(tmp_path: Path, schedule: str | None, hours: int) -> None:
    """Six hours, unless `catch_up` says otherwise."""
    put(tmp_path, "posts/site.yaml", SITE)
    if schedule:
        put(tmp_path, "schedule.yaml", schedule)
    desk = Desk(Settings.from_env(tmp_path, {}), lambda: at("2026-11-22T09:00"))

    assert latest_send(desk.schedule_if_any()) == timedelta(hours=hours)
