"""The tokens in links and forms, which stand for a person and which nobody else can make.

A leave token is 22 bytes in base64url, 30 characters: which key (1), which subscriber (5), the
key's word for it (16). Nothing of it is stored, it never runs out, and secrets that were replaced
still answer for the mails they went out with.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from newsroom.model.seal import (
    SEAL,
    from_base64url,
    is_sealed,
    mark_of,
    marked_so,
    seal,
    to_base64url,
)

_ID = 5  # bytes: a million million subscribers
_LENGTH = 1 + _ID + SEAL
_CLOCK = 5  # bytes: seconds since 1970
_STAMP_LENGTH = _CLOCK + SEAL
_PASS_LENGTH = 1 + _ID + _CLOCK + SEAL
_RANDOM = 24  # bytes: 192 bits that nobody guesses
_DIGITS = 6  # of a code


def leave_token(secret: bytes, subscriber_id: int) -> str:
    """The token that ends one person's subscription."""
    who = subscriber_id.to_bytes(_ID, "big")
    return to_base64url(mark_of(secret) + who + seal(secret, b"leave", who))


def read_leave_token(keys: Sequence[bytes], token: str) -> int | None:
    """Whose token this is, or None when none of the secrets (newest first) made it."""
    raw = from_base64url(token, _LENGTH)
    if raw is None:
        return None
    likely, who, given = marked_so(keys, raw[:1]), raw[1 : 1 + _ID], raw[1 + _ID :]
    return int.from_bytes(who, "big") if is_sealed(likely, given, b"leave", who) else None


@dataclass(frozen=True, slots=True)
class Pass:
    """What lets somebody see their own data for a while."""

    subscriber_id: int
    made: datetime  # aware


def data_token(secret: bytes, subscriber_id: int, now: datetime) -> str:
    """The token that shows one person their own data: 36 characters, and it tells when it was made.

    It is another one than that in every issue, which people forward.
    """
    content = subscriber_id.to_bytes(_ID, "big") + _clock(now)
    return to_base64url(mark_of(secret) + content + seal(secret, b"data", content))


def read_data_token(keys: Sequence[bytes], token: str) -> Pass | None:
    """Whose data the token shows, or None when none of the secrets made it."""
    raw = from_base64url(token, _PASS_LENGTH)
    if raw is None:
        return None
    likely, content, given = marked_so(keys, raw[:1]), raw[1:-SEAL], raw[-SEAL:]
    if not is_sealed(likely, given, b"data", content):
        return None
    return Pass(int.from_bytes(content[:_ID], "big"), _time(content[_ID:]))


def new_seed() -> str:
    """A random text of 256 bits that a confirmation's token is made of, together with a secret."""
    return secrets.token_hex(32)


def confirmation_token(secret: bytes, seed: str) -> str:
    """The token of a confirmation's link, 32 characters: the same whenever it is asked for.

    Neither the seed nor the digest that is kept of the token gives it away.
    """
    return to_base64url(hmac.digest(secret, b"confirm link\0" + seed.encode(), "sha256")[:_RANDOM])


def confirmation_digest(token: str) -> str:
    """The SHA-256 under which a confirmation token is kept, hexadecimal."""
    return hashlib.sha256(b"confirm\0" + token.encode()).hexdigest()


def confirmation_code(secret: bytes, token: str) -> str:
    """The six digits that go with a confirmation token, which the token alone does not reveal."""
    drawn = int.from_bytes(seal(secret, b"code", token.encode()), "big")
    return f"{drawn % 10**_DIGITS:0{_DIGITS}}"


def is_confirmation_code(keys: Sequence[bytes], token: str, typed: str) -> bool:
    """Whether somebody typed the digits of their mail, with or without spaces between them."""
    digits = "".join(typed.split()).encode()
    codes = (confirmation_code(secret, token).encode() for secret in keys)
    return any(compare_digest(digits, code) for code in codes)


def form_stamp(secret: bytes, now: datetime, about: str = "") -> str:
    """A sealed note of when a form was shown, for its hidden field.

    `about` is what the form acts upon: the stamp of one link's page is no good on another's.
    """
    shown = _clock(now)
    return to_base64url(shown + seal(secret, b"form", shown + about.encode()))


def form_age(keys: Sequence[bytes], stamp: str, now: datetime, about: str = "") -> timedelta | None:
    """How long ago a form was shown, or None when the stamp is not ours."""
    raw = from_base64url(stamp, _STAMP_LENGTH)
    if raw is None:
        return None
    shown, given = raw[:_CLOCK], raw[_CLOCK:]
    if not is_sealed(keys, given, b"form", shown + about.encode()):
        return None
    return now - _time(shown)


def _clock(moment: datetime) -> bytes:
    return int(moment.timestamp()).to_bytes(_CLOCK, "big")


def _time(clock: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(clock, "big"), UTC)
