"""The desk: one newsroom's folder, settings and time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.errors import SettingsError
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.newsrooms import write_newsroom

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The desk of a small newsroom."""
    return Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)


@pytest.mark.parametrize(
    "when", ["0001-01-01", "1969-12-31", "9001-01-01", "9999-12-31T23:59-10:00"]
)
def test_a_time_too_far_away(desk: Desk, when: str) -> None:
    """A time that calendars cannot count from is refused, whatever its offset."""
    with pytest.raises(SettingsError, match=f'--now "{when}" is too far away; write 2026-'):
        desk.at(when)


def test_at_another_time_the_clock_goes_on(desk: Desk) -> None:
    """The desk's clock shows the time that was written, in the site's zone, and goes on."""
    assert desk.at("2027-01-02T09:00").clock() == datetime(2027, 1, 2, 8, tzinfo=UTC)
