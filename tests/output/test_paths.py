"""Paths that cannot be made, or not side by side, are refused before anything is touched."""

import pytest

from newsroom.errors import StateError
from newsroom.output.paths import WAITING, check_paths, in_the_way


@pytest.mark.parametrize(
    "path",
    [
        *("../out.html", "/etc/passwd", "a/../../b", "", "a\\b", "a\0b", "a//b", "a/", "./a"),
        *(f"{WAITING}/1", "å" * 128, "a\udce5.html"),
    ],
)
def test_a_path_that_no_disk_takes_is_refused(path: str) -> None:
    """Out of the site, into our own folder, too long, or of bytes that are no text."""
    with pytest.raises(StateError, match="no path below the site's root"):
        check_paths([path], {})


def test_capitals_do_not_tell_two_paths_apart() -> None:
    """On many disks one would overwrite the other."""
    with pytest.raises(StateError, match=r'"a/B\.html" and "a/b\.html" differ only in capitals'):
        check_paths(["a/B.html", "a/b.html"], {})


@pytest.mark.parametrize("paths", [["a", "a/b/c"], ["a/b/c", "a"], ["A", "a/b/c"]])
def test_a_file_is_not_also_a_folder(paths: list[str]) -> None:
    """Both are named, in whatever order they come."""
    with pytest.raises(StateError, match=r'"[aA]" would be a file, and a folder for "a/b/c"'):
        check_paths(paths, {})


def test_paths_that_only_look_alike_stand_side_by_side() -> None:
    """A folder's name may begin a file's."""
    check_paths(["a/b", "a/bc", "ab", "a.b/c", "b/a"], {})


def test_what_goes_makes_way_for_what_comes() -> None:
    """A file where a folder is to be, a folder where a file is to be; nothing else."""
    gone = ["a", "b/c/d", "e/f", "g"]

    assert in_the_way(gone, ["a/x", "b", "e/h"]) == ["a", "b/c/d"]
