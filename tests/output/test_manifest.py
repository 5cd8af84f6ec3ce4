"""What is remembered of the last build."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsroom.output.manifest import Made, Manifest

FILES = {path: Made(path, "digest", 10, 20) for path in ("a.html", "b/å.html")}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A manifest of two files."""
    path = tmp_path / "site.db"
    Manifest(path).keep("1", FILES)
    return path


def test_what_was_kept_is_known(state: Path) -> None:
    """The version, and each file's facts."""
    manifest = Manifest(state)

    assert (manifest.version, manifest.files) == ("1", FILES)


def test_nothing_new_is_not_written(state: Path) -> None:
    """The database is not touched when it says the same already."""
    os.utime(state, (1, 1))

    Manifest(state).keep("1", FILES)
    Manifest(state).announce(FILES)

    assert state.stat().st_mtime == 1


def test_only_what_changed_is_written(state: Path) -> None:
    """A file that changed, one that is new and one that is gone."""
    changed = {"a.html": Made("a.html", "new", 1, 2), "c.html": Made("c.html", "digest", 3, 4)}

    Manifest(state).keep("2", changed)

    assert (Manifest(state).version, Manifest(state).files) == ("2", changed)


def test_a_path_is_remembered_before_it_exists(state: Path) -> None:
    """With no digest, so that the file is looked at; what is known already stays as it is."""
    Manifest(state).announce(["a.html", "new.html"])

    assert Manifest(state).files == {**FILES, "new.html": Made("new.html")}
    assert Manifest(state).version == "1"


def cut(state: Path) -> None:
    """Lose the second half."""
    state.write_bytes(state.read_bytes()[: state.stat().st_size // 2])


def scribble(state: Path) -> None:
    """Write over all but the first page."""
    content = state.read_bytes()
    state.write_bytes(content[:4096] + random.Random(1).randbytes(len(content) - 4096))


def replace(state: Path) -> None:
    """Put another program's database there."""
    state.unlink()
    with sqlite3.connect(state) as database:
        database.execute("CREATE TABLE file (name)")
    database.close()


def no_text(state: Path) -> None:
    """Put bytes where text was."""
    with sqlite3.connect(state) as database:
        database.execute("UPDATE file SET path = CAST(x'ff' AS TEXT) WHERE path = 'a.html'")
    database.close()


@pytest.mark.parametrize(
    "harm",
    [
        *(cut, scribble, replace, no_text),
        lambda state: state.write_bytes(b""),
        lambda state: state.write_text('{"version": "1", "files": {}}'),
        lambda state: state.write_bytes(random.Random(2).randbytes(9000)),
    ],
)
def test_a_damaged_or_foreign_manifest_is_as_good_as_none(
    state: Path, harm: Callable[[Path], None]
) -> None:
    """It is replaced, and then remembers again."""
    harm(state)

    manifest = Manifest(state)
    assert (manifest.version, manifest.files) == ("", {})
    manifest.keep("1", FILES)

    assert Manifest(state).files == FILES


def test_a_manifest_that_cannot_be_looked_at_is_not_thrown_away(state: Path) -> None:
    """A disk that does not answer is told of; what the manifest holds is there when it does."""
    journal = state.with_name("site.db-journal")
    journal.mkdir()

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        Manifest(state)

    journal.rmdir()
    assert Manifest(state).files == FILES


def test_to_look_at_a_manifest_changes_nothing(state: Path) -> None:
    """One that is damaged, or of an earlier release, is left for who holds the lock."""
    with closing(sqlite3.connect(state)) as database:
        database.execute("DROP TABLE build")
    before = state.read_bytes()

    assert Manifest(state).files == FILES
    assert state.read_bytes() == before

    state.write_bytes(b"no database")

    assert Manifest(state).files == {}
    assert state.read_bytes() == b"no database"
