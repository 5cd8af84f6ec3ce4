"""What stands in links and forms instead of a name: tokens that nobody else can make up.

A leave token is 22 bytes in base64url, 30 characters: which key (1), which subscriber (5), the
key's word for it (16). Nothing of it is stored, it never runs out, and secrets that were replaced
still answer for the mails they went out with.
"""

import binascii
import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_ID = 5  # bytes: a million million subscribers
_SEAL = 16  # bytes of HMAC-SHA256
_LENGTH = 1 + _ID + _SEAL
_CLOCK = 5  # bytes: seconds since 1970 in a form's stamp
_STAMP_LENGTH = _CLOCK + _SEAL


def leave_token(secret: bytes, subscriber_id: int) -> str:
    """The token that ends one person's subscription."""
    who = subscriber_id.to_bytes(_ID, "big")
    return _encode(_version(secret) + who + _seal(secret, b"leave", who))


def read_leave_token(keys: Sequence[bytes], token: str) -> int | None:
    """Whose token this is, or None when none of the secrets (newest first) made it."""
    raw = _decode(token, _LENGTH)
    if raw is None:
        return None
    version, who, seal = raw[:1], raw[1 : 1 + _ID], raw[1 + _ID :]
    for secret in keys:
        if version == _version(secret) and _is_seal(seal, secret, b"leave", who):
            return int.from_bytes(who, "big")
    return None


def new_confirmation() -> tuple[str, str]:
    """A random token of 192 bits for a link, and the digest to keep of it."""
    token = secrets.token_urlsafe(24)
    return token, confirmation_digest(token)


def confirmation_digest(token: str) -> str:
    """The SHA-256 under which a confirmation token is kept, hexadecimal."""
    return hashlib.sha256(b"confirm\0" + token.encode()).hexdigest()


def form_stamp(secret: bytes, now: datetime) -> str:
    """A sealed note of when a form was shown, for its hidden field."""
    shown = int(now.timestamp()).to_bytes(_CLOCK, "big")
    return _encode(shown + _seal(secret, b"form", shown))


def form_age(keys: Sequence[bytes], stamp: str, now: datetime) -> timedelta | None:
    """How long ago a form was shown, or None when the stamp is not ours."""
    raw = _decode(stamp, _STAMP_LENGTH)
    if raw is None:
        return None
    shown, seal = raw[:_CLOCK], raw[_CLOCK:]
    if not any(_is_seal(seal, secret, b"form", shown) for secret in keys):
        return None
    return now - datetime.fromtimestamp(int.from_bytes(shown, "big"), UTC)


def _version(secret: bytes) -> bytes:
    """One byte that tells secrets apart, so that usually only one of them is tried."""
    return hashlib.sha256(b"version\0" + secret).digest()[:1]


def _seal(secret: bytes, purpose: bytes, content: bytes) -> bytes:
    return hmac.digest(secret, purpose + b"\0" + content, "sha256")[:_SEAL]


def _is_seal(seal: bytes, secret: bytes, purpose: bytes, content: bytes) -> bool:
    return hmac.compare_digest(seal, _seal(secret, purpose, content))


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(token: str, length: int) -> bytes | None:
    """The bytes of a token of `length` bytes, or None.

    Base64 lets some last characters stand for the same bytes; only the one we write is ours.
    """
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and _encode(raw) == token else None
