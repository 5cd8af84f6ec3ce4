"""The key to one approver's page of one issue, and the stamp of what that page showed.

A key is 21 bytes in base64url, 28 characters: when it runs out (5), and the secret's word for that,
the issue and the approver (16). Neither name stands in it: whoever reads it tries those there are.
A stamp says when a page was shown and of which text, so that a button says yes to what its reader
saw, and a program that fetches pages and posts what it finds is too quick or too late.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from newsroom.model.seal import SEAL, from_base64url, is_sealed, seal, to_base64url

_CLOCK = 5  # bytes: seconds since 1970
_LENGTH = _CLOCK + SEAL
_LINK, _SHOWN = b"review", b"reviewed"


def review_token(secret: bytes, issue: str, approver: str, expires: datetime) -> str:
    """The key to an issue's review page for one approver, until it runs out."""
    until = _seconds(expires)
    return to_base64url(until + seal(secret, _LINK, _bound(until, issue, approver)))


def holder(
    keys: Sequence[bytes], token: str, issue: str, approvers: Iterable[str]
) -> tuple[str, datetime] | None:
    """Which of these people a key was given to and when it runs out; None when it is not ours."""
    raw = from_base64url(token, _LENGTH)
    if raw is None:
        return None
    until, given = raw[:_CLOCK], raw[_CLOCK:]
    for approver in approvers:
        if is_sealed(keys, given, _LINK, _bound(until, issue, approver)):
            return approver, _moment(until)
    return None


def page_stamp(secret: bytes, token: str, content_hash: str, now: datetime) -> str:
    """What a page carries in its hidden field: it was shown now, to this key, with this text."""
    shown = _seconds(now)
    return to_base64url(shown + seal(secret, _SHOWN, _bound(shown, token, content_hash)))


def shown_since(
    keys: Sequence[bytes], stamp: str, token: str, content_hash: str, now: datetime
) -> timedelta | None:
    """How long ago the page was shown, or None when no page of this key showed this text."""
    raw = from_base64url(stamp, _LENGTH)
    if raw is None:
        return None
    shown, given = raw[:_CLOCK], raw[_CLOCK:]
    if not is_sealed(keys, given, _SHOWN, _bound(shown, token, content_hash)):
        return None
    return now - _moment(shown)


def _bound(when: bytes, *names: str) -> bytes:
    """Names joined so that no two lists of them look alike: none of ours holds a NUL."""
    return b"\0".join((when, *(name.encode() for name in names)))


def _seconds(moment: datetime) -> bytes:
    return int(moment.timestamp()).to_bytes(_CLOCK, "big")


def _moment(seconds: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC)
