"""A backup as one file: a tar, packed with gzip, that any computer opens.

It is written under another name and gets its own when it is whole and on the disk. From its first
moment nobody but its owner may read it. What a killed process leaves behind is swept away by the
next one: each holds a lock on its unfinished file for as long as it lives.
"""

import gzip
import hashlib
import io
import os
import secrets
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from newsroom.errors import StateError
from newsroom.jobs.keep.manifest import FORMAT, NAME, ArchivedFile, BackupManifest, read, written
from newsroom.model.saying import Saying, say
from newsroom.whole_file import settle
from newsroom.workers.lock import lock

_IN_MEMORY = 4 << 20  # bytes; what is larger waits in a file that has no name
_CHUNK = 1 << 20  # bytes
_LARGEST_MANIFEST = 256 << 20  # bytes
_LARGEST_TEXT = 1 << 20  # bytes, of a file that is peeked into
_LEVEL = 6  # of compression
_UNFINISHED = ".newsroom.part"  # the end of a name that no other program gives


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, or all."""
        ...


Sink = Callable[[str, Readable], None]  # is given each file of an archive, by its name


@dataclass(slots=True)
class UnfinishedBackup:
    """A backup that is being written."""

    tar: tarfile.TarFile
    folder: Path  # where what is too large for memory waits
    now: datetime
    members: dict[str, ArchivedFile] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterable[bytes], mode: int = 0o600) -> None:
        """Put a file in; it is never whole in memory."""
        digest = hashlib.sha256()
        with SpooledTemporaryFile(_IN_MEMORY, dir=str(self.folder)) as spool:
            for chunk in chunks:
                digest.update(chunk)
                spool.write(chunk)
            size = spool.tell()
            spool.seek(0)
            self.tar.addfile(self._entry(name, mode, size), spool)
        self.members[name] = ArchivedFile(size, digest.hexdigest())

    def link(self, name: str, target: str) -> None:
        """Put a symbolic link in."""
        entry = self._entry(name, 0o777, 0)
        entry.type, entry.linkname = tarfile.SYMTYPE, target
        self.tar.addfile(entry)
        self.links[name] = target

    def close_with(self, manifest: BackupManifest) -> None:
        """Put in what the backup says of itself, last of all."""
        raw = written(manifest)
        self.tar.addfile(self._entry(NAME, 0o600, len(raw)), io.BytesIO(raw))

    def _entry(self, name: str, mode: int, size: int) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.mode, entry.size, entry.mtime = mode, size, self.now.timestamp()
        return entry


@contextmanager
def new_archive(path: Path, now: datetime) -> Iterator[UnfinishedBackup]:
    """A backup to fill; at the end of the context it stands at `path`, whole, or not at all.

    Raises StateError when something stands there already, or the folder is not there.
    """
    _require_free(path)
    sweep(path.parent)
    with _unfinished(path) as (part, file):
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL) as tar:
            yield UnfinishedBackup(tar, path.parent, now)
        file.flush()
        os.fsync(file.fileno())
        _require_free(path)
        part.rename(path)  # while it is locked: nobody may sweep it away before
        settle(path.parent)


@contextmanager
def _unfinished(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file beside a backup's place, locked; under this name it is gone after the context.

    Before it is locked another process may sweep it away, and then it is another one.
    """
    while True:
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_UNFINISHED}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                if lock(file) and part.exists():
                    yield part, file
                    return
        finally:
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away what processes that were killed left unfinished; the living hold a lock.

    What is not ours to open stays where it is.
    """
    not_ours = (FileNotFoundError, PermissionError, IsADirectoryError)
    for part in folder.glob(f".*.????????{_UNFINISHED}"):
        with suppress(*not_ours), part.open("rb+") as file:
            if lock(file):
                part.unlink()


def look_through(path: Path, sink: Sink | None = None) -> BackupManifest:
    """Read a backup to its end and compare every byte with what it says of itself.

    Each file of it is given to `sink` on the way. Raises StateError, with what is wrong, for one
    that is damaged or none of ours.
    """
    seen: dict[str, ArchivedFile] = {}
    links: dict[str, str] = {}
    said: BackupManifest | None = None
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            for entry in tar:
                if said is not None or entry.name in seen or entry.name in links:
                    raise _damaged(path, say("{name} should not be there", name=entry.name))
                if entry.issym():
                    links[entry.name] = entry.linkname
                elif entry.name == NAME:
                    said = _manifest(path, tar, entry)
                else:
                    seen[entry.name] = _hashed(path, tar, entry, sink)
            while packed.read(_CHUNK):  # behind the last file stands the checksum of the packing
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path, say("it cannot be unpacked to its end")) from error
    if said is None:
        raise _damaged(path, say("its end is missing"))
    if wrong := _differs(seen, said) or ("" if links == dict(said.links) else "links"):
        raise _damaged(path, say("{name} is not as it was written", name=wrong))
    return said


def peek(path: Path, name: str) -> str:
    """The text of one file of a backup, which nobody has compared; none of one that is damaged."""
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            for entry in tar:
                if entry.name == name and entry.isreg() and entry.size <= _LARGEST_TEXT:
                    with _opened(tar, entry) as content:
                        return content.read().decode("utf-8", errors="replace")
    except (tarfile.TarError, EOFError, zlib.error, OSError):
        pass
    return ""


def _manifest(path: Path, tar: tarfile.TarFile, entry: tarfile.TarInfo) -> BackupManifest:
    if entry.size > _LARGEST_MANIFEST:
        raise _damaged(path, say("its list of contents is too long"))
    with _opened(tar, entry) as content:
        try:
            said = read(content.read())
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(path, say("its list of contents cannot be read")) from error
    if said.format != FORMAT:
        raise StateError(
            say(
                "{path}: newsroom {version} made this backup, and this version cannot read it; "
                "install that one",
                path=path,
                version=said.version,
            )
        )
    return said


def _hashed(
    path: Path, tar: tarfile.TarFile, entry: tarfile.TarInfo, sink: Sink | None
) -> ArchivedFile:
    if not entry.isreg():
        raise _damaged(path, say("{name} is no file", name=entry.name))
    with _opened(tar, entry) as content:
        witness = _Witness(content)
        if sink is not None:
            sink(entry.name, witness)
        while witness.read(_CHUNK):
            pass
    return ArchivedFile(entry.size, witness.digest.hexdigest())


def _differs(seen: dict[str, ArchivedFile], said: BackupManifest) -> str | None:
    """The first name of which the backup holds something else than it says."""
    names = sorted({*seen, *said.members})
    return next((n for n in names if seen.get(n) != said.members.get(n)), None)


class _Witness:
    """A file that remembers the hash of all that was read of it."""

    def __init__(self, content: Readable) -> None:
        self._content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, or all."""
        chunk = self._content.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def _opened(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    content = tar.extractfile(entry)
    if content is None:
        raise tarfile.ReadError(entry.name)
    with closing(content):
        yield content


def _require_free(path: Path) -> None:
    if path.exists():
        raise StateError(say("{path} is there already; give the backup another name", path=path))
    if not path.parent.is_dir():
        raise StateError(
            say(
                "{path}: there is no folder {folder}; make it first, or name another file",
                path=path,
                folder=path.parent,
            )
        )


def _damaged(path: Path, what: Saying) -> StateError:
    return StateError(
        say("{path}: the backup is damaged: {what}; take another", path=path, what=what)
    )
