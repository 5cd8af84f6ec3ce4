"""What announcements are made with, joined."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.settings import Settings
from newsroom.wiring import Desk, announcing
from tests.newsrooms import write_newsroom


@pytest.mark.usefixtures("postgres_database")
def test_claims_are_dated_by_the_clock_of_the_database(tmp_path: Path, postgres_url: str) -> None:
    """A machine that is eleven minutes ahead takes nobody's fresh claim for cut short."""
    write_newsroom(tmp_path)
    settings = Settings.from_env(tmp_path, {"NEWSROOM_DATABASE": postgres_url})
    before = datetime.now(UTC)

    ahead = Desk(settings, lambda: datetime.now(UTC) + timedelta(minutes=11))
    with closing(ahead) as desk, announcing.at_office(desk) as office:
        now = office.clock()

    assert before <= now <= datetime.now(UTC)
