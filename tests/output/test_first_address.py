"""The address that ids were made from, remembered."""

from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.output.first_address import recall, remember

ADDRESS = "https://nyheter.example.se"


def test_what_is_remembered_is_recalled(tmp_path: Path) -> None:
    """One address, in a folder that need not be there before."""
    memory = tmp_path / "builds" / "first-address"

    assert recall(memory) is None
    remember(memory, "https://old.example.se")
    remember(memory, ADDRESS)

    assert recall(memory) == ADDRESS
    assert [file.name for file in memory.parent.iterdir()] == ["first-address"]


def test_the_same_is_not_written_again(tmp_path: Path) -> None:
    """A build that changes nothing leaves the file as it is."""
    memory = tmp_path / "first-address"
    remember(memory, ADDRESS)
    written = memory.stat().st_mtime_ns

    remember(memory, ADDRESS)

    assert memory.stat().st_mtime_ns == written


def test_what_is_damaged_is_nothing(tmp_path: Path) -> None:
    """A memory that is no text is forgotten."""
    memory = tmp_path / "first-address"
    memory.write_bytes(b"\xff\xfe")

    assert recall(memory) is None


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    """It is told which file could not be written, and why."""
    (tmp_path / "builds").write_text("a file")

    with pytest.raises(OutsideError, match="cannot be written: "):
        remember(tmp_path / "builds" / "first-address", ADDRESS)
