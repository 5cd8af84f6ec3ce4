"""Files that change in one step: what is there before and after, and what is left beside them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.output.in_one_step import keep, put, write


def test_a_file_has_the_new_bytes_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    """Its folder is made the first time, and the draft is gone each time."""
    place = tmp_path / "state" / "events.json"

    for content in (b"old", b"new"):
        write(place, content)

    assert place.read_bytes() == b"new"
    assert list(place.parent.iterdir()) == [place]


def test_what_cannot_be_put_in_place_leaves_no_draft(tmp_path: Path) -> None:
    """A folder stands where the file belongs: it stays, and no draft lies beside it."""
    place = tmp_path / "events.json"
    place.mkdir()

    with pytest.raises(IsADirectoryError):
        write(place, b"new")

    assert list(tmp_path.iterdir()) == [place]


def test_a_refusal_names_the_file_and_the_reason(tmp_path: Path) -> None:
    """What must be kept is an error to the desk when it cannot be."""
    place = tmp_path / "events.json"
    place.mkdir()

    with pytest.raises(OutsideError, match=r"events\.json: cannot be written: a folder stands"):
        keep(place, b"new")


def test_a_draft_makes_the_folder_that_it_is_for(tmp_path: Path) -> None:
    """A page may be the first of its folder, or take the place of the one that is there."""
    draft, place = tmp_path / "draft", tmp_path / "nyheter" / "index.html"

    for content in (b"old", b"new"):
        draft.write_bytes(content)
        put(draft, place)

    assert place.read_bytes() == b"new"
    assert not draft.exists()


def test_threads_that_write_the_same_file_do_not_meet(tmp_path: Path) -> None:
    """Each has a draft of its own: the file is one of theirs, whole, and nobody fails."""
    place = tmp_path / "heartbeat.json"

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: write(place, bytes([n]) * 10_000), range(200)))

    content = place.read_bytes()
    assert len(content) == 10_000
    assert len(set(content)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["heartbeat.json"]
