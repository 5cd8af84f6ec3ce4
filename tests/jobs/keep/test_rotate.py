"""Which backups have had their time."""

from pathlib import Path

from newsroom.jobs.keep.rotate import name_of, rotate
from tests.delivery.sample_ledger import NOW
from tests.jobs.keep.house import HOUR


def test_what_was_made_before_an_upgrade_goes_with_its_time(tmp_path: Path) -> None:
    """A backup from before an upgrade or a restore stays as long as the nights of its time."""
    names = [name_of(NOW + 24 * night * HOUR) for night in range(5)]
    before = [name_of(NOW + 24 * night * HOUR + HOUR, "upgrade") for night in (1, 3)]
    for name in (*names, *before):
        (tmp_path / name).write_bytes(b"x")

    gone = rotate(tmp_path, 3, NOW + 24 * 5 * HOUR)

    assert [path.name for path in gone] == [names[0], names[1], before[0]]


def test_the_backup_just_made_stays_whatever_another_is_called(tmp_path: Path) -> None:
    """One that a clock which was ahead has named takes nobody's place, and is not removed."""
    ahead, before, now = (tmp_path / name_of(NOW + hours * HOUR) for hours in (24 * 400, -24, 0))
    for path in (ahead, before, now):
        path.write_bytes(b"x")

    assert rotate(tmp_path, 1, NOW) == (before,)
    assert sorted(tmp_path.iterdir()) == sorted((ahead, now))
