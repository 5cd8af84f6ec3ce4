"""Signing a message: which of its headers are covered, and the field that says so."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from newsroom.dkim.canonical import Field, relaxed_body, relaxed_field, take_apart
from newsroom.dkim.key import Key, KeyKind

_NAME = "dkim-signature"
# What relays write, so that it is another's or not the same for long (RFC 6376 section 5.4.1).
_NOT_OURS = {_NAME, "return-path", "received", "authentication-results", "bcc", "delivered-to"}
# Named once more than it is there, so that nobody can add a second one (RFC 6376 section 8.15).
_ONCE = ("from", "reply-to", "to", "cc", "subject")
_ONCE_WHERE_IT_IS = {
    *("date", "message-id", "mime-version", "content-type", "content-transfer-encoding"),
    *("list-unsubscribe", "list-unsubscribe-post", "list-id"),
}
_WIDTH = 72  # characters of a line


def signed(message: bytes, keys: Sequence[Key], now: datetime) -> bytes:
    """A message with a signature of each key in front; its lines end in CRLF.

    Every header of ours is covered: where List-Unsubscribe and List-Unsubscribe-Post are not, no
    receiver shows the button (RFC 8058 section 4).
    """
    fields, body = take_apart(message)
    digest = b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode("ascii")
    names = tuple(_covered(fields))
    content = b"".join(relaxed_field(*field) + b"\r\n" for field in _chosen(fields, names))
    return b"".join((*(_field(key, names, content, digest, now) for key in keys), message))


def _field(key: Key, names: Sequence[str], content: bytes, digest: str, now: datetime) -> bytes:
    """One key's signature over the chosen headers and its own field, still empty at `b=`."""
    value = "".join(
        (
            f" v=1; a={key.kind}-sha256; c=relaxed/relaxed; d={key.domain};\r\n",
            f"\ts={key.selector}; t={int(now.timestamp())};\r\n",
            f"\th={_folded(names)};\r\n",
            f"\tbh={digest};\r\n\tb=",
        )
    )
    to_sign = content + relaxed_field(_NAME, value.encode("ascii"))
    if key.kind is KeyKind.ED25519:  # signs the hash, not the text (RFC 8463 section 3)
        to_sign = hashlib.sha256(to_sign).digest()
    seal = b64encode(key.sign(to_sign)).decode("ascii")
    lines = "\r\n\t ".join(seal[at : at + _WIDTH] for at in range(0, len(seal), _WIDTH))
    return f"DKIM-Signature:{value}{lines}\r\n".encode("ascii")


def _covered(fields: Iterable[Field]) -> Iterator[str]:
    """The names that are signed, each as often as it is there and those of one kind once more."""
    there = [name for name, _ in fields if name not in _NOT_OURS]
    yield from there
    yield from _ONCE
    yield from (name for name in dict.fromkeys(there) if name in _ONCE_WHERE_IT_IS)


def _chosen(fields: Sequence[Field], names: Iterable[str]) -> Iterator[Field]:
    """The fields that names stand for, from the bottom up (RFC 6376 section 5.4.2)."""
    left: dict[str, list[bytes]] = {}
    for name, value in fields:
        left.setdefault(name, []).append(value)
    for name in names:
        if left.get(name):
            yield name, left[name].pop()


def _folded(names: Sequence[str]) -> str:
    """The names between colons, in lines that fit."""
    lines = [""]
    for number, name in enumerate(names):
        piece = name if number == len(names) - 1 else f"{name}:"
        if len(lines[-1]) + len(piece) > _WIDTH:
            lines.append("")
        lines[-1] += piece
    return "\r\n\t ".join(lines)
