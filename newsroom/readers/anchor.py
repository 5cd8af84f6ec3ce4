"""A sealed file that says where the log of consents ended: it reveals a log written anew.

Who can write to the database could write the whole chain anew. They cannot make it fit what this
file says, which is sealed with the newsroom's secret: how many entries there were, and the hash of
the last.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsroom import whole_file
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.readers.consent import Head


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far the log went at some time."""

    number: int
    hash: str
    at: datetime  # aware


def read_anchor(file: Path, keys: Sequence[bytes]) -> Anchor | None:
    """What the file says, None when there is none. Raises StateError when it is not our word."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        said = json.loads(text)
        anchor = Anchor(int(said["number"]), said["hash"], datetime.fromisoformat(said["at"]))
        seal = str(said["seal"])
    except (ValueError, KeyError, TypeError) as error:
        raise _forged(file) from error
    if not any(hmac.compare_digest(seal, _seal(secret, anchor)) for secret in keys):
        raise _forged(file)
    return anchor


def write_anchor(file: Path, keys: Sequence[bytes], head: Head, now: datetime) -> None:
    """Write down how far the log goes now."""
    anchor = Anchor(head.number, head.hash, now.astimezone(UTC))
    said = {**asdict(anchor), "at": anchor.at.isoformat(), "seal": _seal(keys[0], anchor)}
    whole_file.write(file, json.dumps(said).encode() + b"\n")


def _seal(secret: bytes, anchor: Anchor) -> str:
    said = f"{anchor.number}\0{anchor.hash}\0{anchor.at.isoformat()}"
    return hmac.digest(secret, b"anchor\0" + said.encode(), "sha256").hex()


def _forged(file: Path) -> StateError:
    return StateError(
        say("{file} is not as this newsroom wrote it; compare it with a backup", file=file)
    )
