"""Where each piece was published, kept so that a page that went missing can be noticed."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from newsroom.whole_file import keep

_OCTETS = 16  # of a digest


class Published(NamedTuple):
    """One piece as it was published."""

    id: str
    address: str  # of its page, below the site's root
    title: str
    kind: str  # the value of its Kind
    source: str  # its file, relative to the newsroom's root
    digest: str = ""  # of its text and fields; "" in what was remembered before there was one
    gone: str = ""  # since when its file is missing, as ISO 8601; "" while it is there


def holds(state: Path, pieces: Iterable[Published]) -> bool:
    """Whether exactly these are remembered, in this order; the memory itself is not looked into."""
    try:
        with state.open("rb") as memory:
            return memory.readline().strip() == _digest(pieces)
    except OSError:
        return False


def recall(state: Path) -> tuple[Published, ...]:
    """Each piece that was published; none when nothing is remembered, or it is damaged."""
    try:
        digest, _, kept = state.read_bytes().partition(b"\n")
        rows = json.loads(kept)
        return tuple(Published(*row) for row in rows) if _digest(rows) == digest else ()
    except (OSError, ValueError, TypeError):
        return ()


def remember(state: Path, pieces: tuple[Published, ...]) -> None:
    """Keep exactly these, in one step. Raises OutsideError when the disk refuses."""
    kept = json.dumps(pieces, ensure_ascii=False, separators=(",", ":")).encode()
    keep(state, _digest(pieces) + b"\n" + kept)


def _digest(pieces: Iterable[Iterable[str]]) -> bytes:
    told = "\n".join(chain.from_iterable(pieces)).encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=_OCTETS).hexdigest().encode()
