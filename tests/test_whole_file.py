import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.whole_file import keep, put, write, write_new

_WRITES_ON = """
import sys
from pathlib import Path
from newsroom.whole_file import write
for number in range(1_000_000):
    write(Path(sys.argv[1]), b"%d" % (number % 10) * 1_000_000, mode=0o600, lasting=False)
"""


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_has_the_new_bytes_and_nothing_lies_beside_it(
    tmp_path: Path,
    lasting: bool,  # noqa: FBT001 (pytest gives it)
) -> None:
    """Its folder is made the first time, and what waited beside it is gone each time."""
    place = tmp_path / "var" / "state.json"

    for content in (b"old", b"new"):
        write(place, content, lasting=lasting)

    assert place.read_bytes() == b"new"
    assert list(place.parent.iterdir()) == [place]


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """Killed at any moment: the file is one of those that were written, from end to end."""
    place = tmp_path / "state"
    with subprocess.Popen([sys.executable, "-c", _WRITES_ON, str(place)]) as writer:
        while not place.exists():
            time.sleep(0.005)

        writer.send_signal(signal.SIGKILL)

    content = place.read_bytes()
    assert len(content) == 1_000_000
    assert len(set(content)) == 1


def test_what_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    """A folder stands where the file belongs: it stays, and nothing lies beside it."""
    place = tmp_path / "state"
    place.mkdir()

    with pytest.raises(IsADirectoryError):
        write(place, b"new")

    assert list(tmp_path.iterdir()) == [place]


def test_a_secret_has_its_rights_from_the_beginning(tmp_path: Path) -> None:
    """The rights are those that were asked for, whatever those of the file before it were."""
    place = tmp_path / "secret"
    write(place, b"old")
    usual = place.stat().st_mode & 0o777

    write(place, b"new", mode=0o600)

    assert usual == 0o666 & ~_umask()
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [None, 0o600])
def test_of_several_that_are_first_at_once_one_has_its_way(
    tmp_path: Path, mode: int | None
) -> None:
    """One is told that the file is new, all the others that it is there; it is the one's, whole."""
    place = tmp_path / "var" / "secret"

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda n: write_new(place, bytes([n]) * 1000, mode=mode), range(8)))

    assert told.count(True) == 1
    assert place.read_bytes() == bytes([told.index(True)]) * 1000
    assert list(place.parent.iterdir()) == [place]


def test_a_name_as_long_as_a_disk_allows(tmp_path: Path) -> None:
    """What waits beside the file has a name of its own, which is never too long."""
    place = tmp_path / ("a" * 255)

    write(place, b"new")

    assert place.read_bytes() == b"new"


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


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
