"""The folder that backups are laid in."""

from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.keep.backup_folder import BackupFolder, ready, why_unfit
from tests.newsrooms import put


@pytest.fixture
def mnt(tmp_path: Path) -> Path:
    """A folder that is fit for backups."""
    (tmp_path / "mnt").mkdir()
    return tmp_path / "mnt"


def named(path: Path, *closed: Path) -> BackupFolder:
    """A folder that somebody named in schedule.yaml."""
    return BackupFolder(path, 14, is_own=False, closed=closed)


def test_a_folder_that_takes_backups_is_fit(mnt: Path) -> None:
    """It is there, and may be written to."""
    assert why_unfit(named(mnt, mnt.parent / "posts")) is None
    assert ready(named(mnt)) == mnt


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Its disk may be away; our own folder is made."""
    with pytest.raises(OutsideError, match="is not there; mount its disk"):
        ready(named(tmp_path / "mnt"))
    assert not (tmp_path / "mnt").exists()
    assert ready(BackupFolder(tmp_path / "own", 14, is_own=True)).is_dir()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Somebody named a backup instead of the folder for them."""
    with pytest.raises(OutsideError, match=r"kept\.tar\.gz: this is no folder"):
        ready(named(put(tmp_path, "kept.tar.gz", "x")))


@pytest.mark.parametrize("below", ["", "backups"])
def test_what_is_published_or_backed_up_takes_none(tmp_path: Path, below: str) -> None:
    """Readers' data would be read by everybody, or each backup hold all those before it."""
    site = tmp_path / "public"
    (site / "backups").mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(site)

    for path in (site / below, tmp_path / "elsewhere" / below):
        with pytest.raises(OutsideError, match="no backup may lie there"):
            ready(named(path, site))
