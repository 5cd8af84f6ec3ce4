"""How far an issue has come, told while `issue send` waits for it."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from newsroom.cli.issue.progress import Progress, fitted
from tests.jobs.issue.test_progress_line import NOW, STOCKHOLM, TALLY


def test_a_line_fits_its_window() -> None:
    """A line that would wrap is cut, since one that wraps cannot be written over."""
    assert fitted("å" * 79, 80) == "å" * 79
    assert fitted("å" * 80, 80) == "å" * 78 + "…"


def test_a_file_is_told_once_when_the_first_mail_leaves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Piped, it tells once when the first mail leaves, by the local clock, and how to undo it."""
    tell = Progress(lambda: NOW.astimezone(UTC), STOCKHOLM)
    held = replace(TALLY, send_after=(NOW + timedelta(minutes=18)).astimezone(UTC))

    tell(held)
    tell(held)

    assert capsys.readouterr().err == (
        "Första mejlet går kl. 15.18; ångra med: newsroom issue undo 2026-host --by …\n"
    )
