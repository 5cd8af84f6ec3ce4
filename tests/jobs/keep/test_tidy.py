"""Folders that hold readers' data for a while."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from newsroom.jobs.keep.rotate import name_of
from newsroom.jobs.keep.tidy import tidy
from newsroom.readers import departed
from newsroom.readers.departed import DepartedLine, DepartedRegister, DepartedWord
from tests.delivery.sample_ledger import NOW
from tests.newsrooms import put

DAY = timedelta(days=1)


def test_what_has_had_its_time_goes_and_nothing_else(tmp_path: Path) -> None:
    """Rehearsals and what was put aside go after thirty days; what is not ours stays."""
    old = ("rehearsals/2026-var/1.eml", f"aside/{NOW - 31 * DAY:%Y%m%dT%H%M%SZ}-ab12/posts/a.md")
    new = (
        "rehearsals/2026-host/1.eml",
        f"aside/{NOW - 29 * DAY:%Y%m%dT%H%M%SZ}-cd34/x",
        "aside/min",
    )
    for name in (*old, *new):
        file = put(tmp_path, name, "x")
        at = (NOW - (31 if name in old else 29) * DAY).timestamp()
        os.utime(file.parent, (at, at))

    gone = tidy(tmp_path, [tmp_path / "departed"], NOW)

    assert [path.parent.name for path in gone] == ["rehearsals", "aside"]
    assert all((tmp_path / name).is_file() for name in new)
    assert not any((tmp_path / name).exists() for name in old)


def test_what_was_backed_up_before_an_upgrade_goes_but_never_the_last(tmp_path: Path) -> None:
    """A month later it is gone, unless it is the newest backup there is; nights are rotated."""
    names = [
        name_of(NOW - 40 * DAY, "upgrade"),
        name_of(NOW - 39 * DAY),
        name_of(NOW - 35 * DAY, "restore"),
    ]
    for name in names:
        put(tmp_path, f"backups/{name}", "x")

    first = tidy(tmp_path, [tmp_path / "departed"], NOW)
    put(tmp_path, f"backups/{name_of(NOW)}", "x")
    second = tidy(tmp_path, [tmp_path / "departed"], NOW)

    assert [path.name for path in first] == [names[0]]
    assert [path.name for path in second] == [names[2]]


def test_nights_that_were_left_behind_go_when_they_are_laid_elsewhere(tmp_path: Path) -> None:
    """Nobody rotates them in var any more: after a month they go, the last when there is a newer.

    A disk that is away has none to show.
    """
    left = [put(tmp_path, f"var/backups/{name_of(NOW - n * DAY)}", "x") for n in (200, 60, 40)]
    disk = tmp_path / "disk"

    at_home = tidy(tmp_path / "var", [], NOW)
    away = tidy(tmp_path / "var", [], NOW, laid_in=disk)
    tonight = put(disk, name_of(NOW), "x")
    there = tidy(tmp_path / "var", [], NOW, laid_in=disk)

    assert (at_home, sorted(away), there) == ((), left[:2], (left[2],))
    assert tonight.is_file()


def test_the_copy_of_who_left_is_shortened_too(tmp_path: Path) -> None:
    """Beside the backups it is kept for as long as ours, whoever wrote its lines."""
    ours, copy = tmp_path / "var" / "departed", tmp_path / "mnt" / "departed"
    line = DepartedLine(NOW - 2 * departed.KEPT, DepartedWord.LEFT, "ab", "1" * 64)
    for folder in (ours, copy):
        DepartedRegister(folder).add([line, replace(line, at=NOW)])

    tidy(tmp_path / "var", [ours, copy], NOW)
    DepartedRegister(ours).copy_to(copy)

    left = [path.name for folder in (ours, copy) for path in folder.iterdir()]
    assert left == [f"{NOW:%Y-%m}"] * 2
