"""A backup as a file that is being written: nobody else's, whole or not there at all."""

import threading
from pathlib import Path

import pytest

from newsroom.jobs.keep.archive import new_archive, sweep
from tests.delivery.sample_ledger import NOW
from tests.newsrooms import put


@pytest.mark.parametrize("name", ["kept.tar.gz", "kept.tgz", "reserv"])
def test_what_a_killed_backup_left_is_swept_away(tmp_path: Path, name: str) -> None:
    """Whatever its file was to be called. What somebody still writes stays, and others' files."""
    strange = put(tmp_path, f".{name}.0123abcd.part", "another program's")
    with new_archive(tmp_path / name, NOW):
        (alive,) = tmp_path.glob(".*.newsroom.part")
        dead = put(tmp_path, f".{name}.0123abcd.newsroom.part", "half")
        sweep(tmp_path)
        assert (dead.exists(), alive.exists()) == (False, True)

    assert sorted(tmp_path.iterdir()) == sorted((strange, tmp_path / name))


def test_what_may_not_be_opened_does_not_end_the_sweeping(tmp_path: Path) -> None:
    """A folder of such a name stays, and the rest goes."""
    shut = tmp_path / ".a.tar.gz.0123abcd.newsroom.part"
    shut.mkdir()
    put(tmp_path, ".b.tar.gz.0123abcd.newsroom.part", "half")

    sweep(tmp_path)

    assert list(tmp_path.iterdir()) == [shut]


def test_a_backup_is_not_swept_away_by_another(tmp_path: Path) -> None:
    """However often others sweep while backups begin and end, each of them comes to its place."""
    over = threading.Event()

    def sweep_on() -> None:
        while not over.is_set():
            sweep(tmp_path)

    others = [threading.Thread(target=sweep_on) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for number in range(100):
            with new_archive(tmp_path / f"{number}.tar.gz", NOW):
                pass
    finally:
        over.set()
        for other in others:
            other.join()

    assert len(list(tmp_path.iterdir())) == 100
