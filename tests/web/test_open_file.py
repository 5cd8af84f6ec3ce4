import gzip
import os
from pathlib import Path

import pytest

from newsroom.web.open_file import Knowledge, Known, open_file

TEXT = "Vi har öppnat. ".encode() * 200


def bytes_of(path: Path, knowledge: Knowledge, *, packed: bool = False) -> tuple[str, bytes]:
    """The tag and the bytes of a file."""
    opened = open_file(path, knowledge, packed=packed)
    with opened.file as file:
        file.seek(0)
        return opened.version.etag, file.read()


def test_equal_bytes_have_equal_tags(tmp_path: Path) -> None:
    """Another build of the same content, at another time, on another machine: the same tag."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(TEXT)
    other.write_bytes(TEXT)
    os.utime(other, (1, 1))

    assert bytes_of(one, Knowledge())[0] == bytes_of(other, Knowledge())[0]


def test_other_bytes_have_another_tag(tmp_path: Path) -> None:
    """Also when size and time are the same, since the build puts a new file in the place."""
    path, knowledge = tmp_path / "page", Knowledge()
    path.write_bytes(b"old")
    first = bytes_of(path, knowledge)
    stamp = path.stat()
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "new").replace(path)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert bytes_of(path, knowledge) != first
    assert bytes_of(path, knowledge)[1] == b"new"


def test_compressed_bytes_have_a_tag_of_their_own(tmp_path: Path) -> None:
    """And are the same each time, read anew or kept."""
    path, knowledge = tmp_path / "page", Knowledge()
    path.write_bytes(TEXT)

    plain, packed = bytes_of(path, knowledge), bytes_of(path, knowledge, packed=True)

    assert packed[0] == plain[0].removesuffix('"') + '-gzip"'
    assert gzip.decompress(packed[1]) == TEXT
    assert bytes_of(path, knowledge, packed=True) == packed
    assert bytes_of(path, Knowledge(), packed=True) == packed


def test_what_gains_nothing_is_not_compressed(tmp_path: Path) -> None:
    """A file that fits in one packet is sent as it is."""
    path = tmp_path / "page"
    path.write_bytes(b"short")

    assert bytes_of(path, Knowledge(), packed=True)[1] == b"short"


def test_a_file_that_is_replaced_meanwhile_is_still_the_one_that_was_opened(tmp_path: Path) -> None:
    """The answer's bytes, length and tag belong together."""
    path = tmp_path / "page"
    path.write_bytes(TEXT)
    opened = open_file(path, Knowledge(), packed=False)
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "new").replace(path)

    with opened.file as file:
        file.seek(0)
        assert file.read() == TEXT
    assert opened.version.size == len(TEXT)


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    """The room for compressed files is bounded; what was asked for lately stays."""
    knowledge, large = Knowledge(), bytes(12 * 2**20)
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))

    for path in (one, two, three):
        knowledge.keep(path, Known((1,), "digest", large))
        knowledge.get(one, (1,))

    assert knowledge.get(two, (1,)) is None
    assert knowledge.get(one, (1,)) is not None
    assert knowledge.get(three, (1,)) is not None
    assert knowledge.get(three, (2,)) is None


def test_a_file_that_is_gone_is_an_error_of_the_disk(tmp_path: Path) -> None:
    """Whoever asked learns of it."""
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "nothing", Knowledge(), packed=False)
