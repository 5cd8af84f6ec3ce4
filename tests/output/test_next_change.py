"""When the site next changes by time alone is remembered from build to build."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from newsroom.output.next_change import next_change, remember

MOMENT = datetime(2026, 6, 2, 9, 3, tzinfo=timezone(timedelta(hours=2)))


def test_what_was_remembered_last(tmp_path: Path) -> None:
    """The latest moment is given back, in UTC."""
    remember(tmp_path / "builds", MOMENT - timedelta(days=1))
    remember(tmp_path / "builds", MOMENT)

    assert next_change(tmp_path / "builds") == datetime(2026, 6, 2, 7, 3, tzinfo=UTC)


@pytest.mark.parametrize("written", [None, "", "soon\n", "2026-06-02T07:03:00\n", "ö"])
def test_nothing_to_go_by(tmp_path: Path, written: str | None) -> None:
    """No build yet, a damaged memory, or one without a zone: there is no such moment."""
    if written is not None:
        (tmp_path / "site.next").write_text(written, encoding="utf-8")

    assert next_change(tmp_path) is None


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    """A memory that cannot be kept stops no build."""
    (tmp_path / "builds").write_text("a file stands in the way", encoding="utf-8")

    remember(tmp_path / "builds", MOMENT)

    assert next_change(tmp_path / "builds") is None
