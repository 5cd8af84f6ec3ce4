"""What a backup says of itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsroom.jobs.keep.manifest import ArchivedFile, BackupManifest, read, written

TAKEN = datetime(2026, 6, 2, 3, 15, tzinfo=UTC)
MANIFEST = BackupManifest(
    version="0.1.0",
    taken=TAKEN,
    database="postgresql",
    migration="0019",
    rows={"subscriber": 2, "issue": 1},
    members={
        "posts/news/å.md": ArchivedFile(12, "ab"),
        "posts/site.yaml": ArchivedFile(3, "cd"),
        "database/issue.jsonl": ArchivedFile(0, "ef"),
    },
    links={"posts/bild.jpg": "bilder/bild.jpg"},
    left_out=("posts/news/hemlig.md",),
)


def test_what_is_written_is_read() -> None:
    """Everything comes back, tables in the order in which they are referred to."""
    found = read(written(MANIFEST))

    assert found == MANIFEST
    assert list(found.rows) == ["subscriber", "issue"]
    assert found.texts == 1


def test_the_time_is_written_in_utc() -> None:
    """Wherever it was taken: two backups are told apart by their times."""
    here = timezone(timedelta(hours=2))

    assert written(replace(MANIFEST, taken=TAKEN.astimezone(here))) == written(MANIFEST)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff"])
def test_what_is_none_is_refused(raw: bytes) -> None:
    """A damaged backup is known by it before anything is unpacked."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        read(raw)
