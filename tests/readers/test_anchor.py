from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.errors import StateError
from newsroom.readers.anchor import Anchor, read_anchor, write_anchor
from newsroom.readers.consent import Head

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEAD = Head(7, "f" * 64)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """The number, the hash and the time come back, also after the secret was changed."""
    file = tmp_path / "var" / "consents"
    write_anchor(file, [b"old"], HEAD, NOW)

    assert read_anchor(file, [b"new", b"old"]) == Anchor(7, "f" * 64, NOW)


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """Before the first look there is nothing to go on from."""
    assert read_anchor(tmp_path / "consents", [b"secret"]) is None


@pytest.mark.parametrize(
    ("find", "put"),
    [('"number": 7', '"number": 6'), ("ffff", "eeee"), ("2026-11", "2026-10"), ("{", "")],
)
def test_a_file_that_was_changed_is_refused(tmp_path: Path, find: str, put: str) -> None:
    """Neither another number, hash or time, nor nonsense, passes for our word."""
    file = tmp_path / "consents"
    write_anchor(file, [b"secret"], HEAD, NOW)
    file.write_text(file.read_text().replace(find, put))

    with pytest.raises(StateError, match="not as this newsroom wrote it"):
        read_anchor(file, [b"secret"])


def test_another_newsrooms_file_is_refused(tmp_path: Path) -> None:
    """Only who has the secret can seal."""
    file = tmp_path / "consents"
    write_anchor(file, [b"somebody else"], HEAD, NOW)

    with pytest.raises(StateError):
        read_anchor(file, [b"secret"])
