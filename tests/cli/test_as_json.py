"""Results as JSON."""

import json
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.cli.as_json import print_json
from newsroom.model import Attachment


def test_times_are_in_utc_whatever_zone_they_came_in(capsys: pytest.CaptureFixture[str]) -> None:
    """A time of the site's zone is told as the same instant, with a Z."""
    moment = datetime(2026, 6, 2, 9, tzinfo=ZoneInfo("Europe/Stockholm"))

    print_json({"send_after": moment, "file": Attachment(PurePosixPath("posts/a.pdf"), "A")})

    assert json.loads(capsys.readouterr().out) == {
        "send_after": "2026-06-02T07:00:00Z",
        "file": {"file": "posts/a.pdf", "title": "A"},
    }
