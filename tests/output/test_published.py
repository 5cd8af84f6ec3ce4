"""Where each piece was published is remembered between builds, and forgotten when it cannot be."""

import json
import os
from hashlib import blake2b
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.output.published import Published, holds, recall, remember

PIECES = (
    Published("urn:a", "nyheter/2026/å/", 'Sä"ga\nmer', "news", "posts/news/å.md"),
    Published("urn:b", "om/", "Om", "pages", "posts/pages/om.md"),
)


def test_what_is_remembered_is_what_was_told(tmp_path: Path) -> None:
    """Each piece comes back as it was, and nothing else is left beside the memory."""
    state = tmp_path / "var/builds/published.json"

    remember(state, PIECES)

    assert recall(state) == PIECES
    assert holds(state, PIECES)
    assert os.listdir(state.parent) == [state.name]  # noqa: PTH208 (the names alone)


@pytest.mark.parametrize(
    "others",
    [(), PIECES[:1], PIECES[::-1], (PIECES[0], PIECES[1]._replace(address="om-oss/"))],
)
def test_anything_else_is_not_the_same(tmp_path: Path, others: tuple[Published, ...]) -> None:
    """One piece less, or one with another address, is told by the mark alone."""
    state = tmp_path / "published.json"
    remember(state, PIECES)

    assert not holds(state, others)


@pytest.mark.parametrize("damaged", [b"", b"\n[", b"x\n7", b'x\n[["a"]]', b"\xff\n\xff"])
def test_what_is_damaged_is_forgotten(tmp_path: Path, damaged: bytes) -> None:
    """Advice is no reason to stop a build."""
    state = tmp_path / "published.json"
    state.write_bytes(damaged)

    assert recall(state) == ()
    assert not holds(state, PIECES)


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """What cannot be remembered ends the command with its place."""
    (tmp_path / "var").write_text("")

    with pytest.raises(OutsideError, match="cannot be written"):
        remember(tmp_path / "var/published.json", PIECES)


def test_a_memory_of_fewer_fields_is_read(tmp_path: Path) -> None:
    """What an earlier version kept of each piece is still known, its addresses above all."""
    state = tmp_path / "published.json"
    kept = [list(piece[:5]) for piece in PIECES]
    told = "\n".join(field for row in kept for field in row).encode()
    mark = blake2b(told, digest_size=16).hexdigest().encode()
    state.write_bytes(mark + b"\n" + json.dumps(kept).encode())

    assert recall(state) == PIECES
