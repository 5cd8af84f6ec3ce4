"""What the last build went by and what it left: while all of it is the same, nothing is to be done.

A build that finds nothing to write must still read the folder, plan each page and compare. Most
builds are of that kind: a newsroom that runs looks every few minutes. The receipt saves them that.
"""

import pickle
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from newsroom.model import Problem
from newsroom.output.manifest import Manifest
from newsroom.output.sight import look
from newsroom.output.tally import Tally
from newsroom.whole_file import write

_OCTETS = 16  # of a digest

Left = tuple[str, str]  # a path, and how it looked


class BuildOrder(NamedTuple):
    """What a build is to go by, and where it leaves a receipt when it met no error."""

    seen: bytes  # a digest of all of it, but for the time
    receipt: Path


class Receipt(NamedTuple):
    """One build that met no error."""

    seen: bytes  # a digest of all that it went by, but for the time
    since: float  # POSIX seconds: the time that it was for
    until: float  # from when on the site may look different without anybody writing
    out: Path  # the folder of the site
    state: Path  # its manifest
    beside: tuple[Left, ...]  # what it left besides the files of the manifest
    problems: tuple[Problem, ...]  # what it told; no error is among it


def build_name(seen: bytes, since: float) -> str:
    """The name of the build that goes by this and is for that time (POSIX seconds)."""
    return f"{seen.hex()} {since}"


def still_stands(file: Path, seen: bytes, now: datetime) -> Tally | None:
    """What a build would find that goes by `seen` at `now`, if it would find nothing to do.

    The files of the site and all that the build left are looked at, so that whatever somebody else
    did to them is mended by the build that follows. To have found them so counts as a build.
    Raises OSError and sqlite3.Error.
    """
    receipt = _kept(file, seen)
    if receipt is None or not receipt.since <= now.timestamp() < receipt.until:
        return None
    if receipt.beside != left(Path(path) for path, _ in receipt.beside):
        return None
    manifest = Manifest(receipt.state)
    if manifest.build != build_name(seen, receipt.since) or not manifest.stands(receipt.out):
        return None
    receipt.state.with_suffix(".built").touch()
    files = len(manifest.files)
    return Tally(files, written=0, unchanged=files, removed=0, problems=receipt.problems)


def keep(file: Path, receipt: Receipt) -> None:
    """Remember a build, in one step, in place of the one before it; where the disk refuses, none.

    The next build then does its work for nothing, which is no reason to trouble anybody.
    """
    content = pickle.dumps(receipt, 5)
    with suppress(OSError):
        write(file, _seal(receipt.seen, content) + content, lasting=False)


def left(paths: Iterable[Path]) -> tuple[Left, ...]:
    """How these files and folders look now."""
    return tuple((str(path), look(path)) for path in paths)


def _kept(file: Path, seen: bytes) -> Receipt | None:
    """The receipt, when it is whole, of this release, and of a build that went by the same."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    seal, pickled = content[:_OCTETS], content[_OCTETS:]
    if seal != _seal(seen, pickled):
        return None
    kept: Receipt = pickle.loads(pickled)  # noqa: S301 (whole, so ours)
    return kept


def _seal(seen: bytes, pickled: bytes) -> bytes:
    return blake2b(seen + pickled, digest_size=_OCTETS).digest()
