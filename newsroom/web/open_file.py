"""A file of the site opened once for an answer: its version, its bytes, plain or gzipped.

Everything comes from one open file, so an answer is whole also when a build puts a newer file in
its place meanwhile. A version is known by its content: two builds of the same bytes are the same to
every cache, wherever and whenever they were made. So that a file is read once for that and not for
every reader, its digest is kept as long as the file's state (size, times, inode) is the same.
"""

import gzip
import hashlib
import os
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from threading import Lock

from newsroom.web.conditions import Version

_SMALLEST = 1024  # bytes; what fits in one packet anyway gains nothing by being compressed
_LARGEST = 16 * 2**20  # beyond it, compressing while somebody waits takes too long
_LEVEL = 6
_ROOM = 32 * 2**20  # bytes of compressed files that are kept
_MOST = 20_000  # files whose digests are kept


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out about a file in some state."""

    state: tuple[int, ...]
    digest: str
    packed: bytes | None = None  # compressed, when somebody has asked for that


class Knowledge:
    """What is known of the files that were asked for lately."""

    def __init__(self) -> None:
        self._files: OrderedDict[Path, Known] = OrderedDict()
        self._size = 0  # of what is kept compressed
        self._turn = Lock()

    def get(self, path: Path, state: tuple[int, ...]) -> Known | None:
        """What is known of a file, if it is still in this state."""
        with self._turn:
            known = self._files.get(path)
            if known is None or known.state != state:
                return None
            self._files.move_to_end(path)
            return known

    def keep(self, path: Path, known: Known) -> None:
        """Remember a file, and forget those that nobody has asked for longest."""
        with self._turn:
            self._drop(self._files.pop(path, None))
            self._files[path] = known
            self._size += len(known.packed or b"")
            while len(self._files) > _MOST or self._size > _ROOM:
                self._drop(self._files.popitem(last=False)[1])

    def _drop(self, known: Known | None) -> None:
        if known is not None:
            self._size -= len(known.packed or b"")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The bytes of one answer; whoever has it closes `file`."""

    file: BufferedReader | BytesIO
    version: Version
    is_packed: bool


def open_file(path: Path, knowledge: Knowledge, *, packed: bool) -> OpenFile:
    """A file, compressed if that is wanted and worth it. Raises OSError when it cannot be read.

    Compressed bytes have a tag of their own (RFC 9110 section 8.8.3.3).
    """
    file = path.open("rb")
    try:
        return _look(file, path, knowledge, packed=packed)
    except BaseException:
        file.close()
        raise


def _look(file: BufferedReader, path: Path, knowledge: Knowledge, *, packed: bool) -> OpenFile:
    found = os.fstat(file.fileno())
    modified = datetime.fromtimestamp(int(found.st_mtime), UTC)
    state = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    known = knowledge.get(path, state)
    if known is None:
        known = Known(state, hashlib.file_digest(file, "sha256").hexdigest()[:32])
        knowledge.keep(path, known)
    if not packed or not _SMALLEST <= found.st_size <= _LARGEST:
        return OpenFile(
            file, Version(f'"{known.digest}"', modified, found.st_size), is_packed=False
        )
    if known.packed is None:
        known = Known(state, known.digest, _pack(file))
        knowledge.keep(path, known)
    small = known.packed or b""
    file.close()
    version = Version(f'"{known.digest}-gzip"', modified, len(small))
    return OpenFile(BytesIO(small), version, is_packed=True)


def _pack(file: BufferedReader) -> bytes:
    file.seek(0)
    return gzip.compress(file.read(), _LEVEL, mtime=0)
