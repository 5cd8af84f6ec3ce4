"""What stands in links and forms instead of a name: tokens that nobody else can make up.

A leave token is 22 bytes in base64url, 30 characters: which key (1), which subscriber (5), the
key's word for it (16). Nothing of it is stored, it never runs out, and secrets that were replaced
still answer for the mails they went out with.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from newsroom.model.seal import SEAL, from_address, in_address, is_sealed, seal

_ID = 5  # bytes: a million million subscribers
_LENGTH = 1 + _ID + SEAL
_CLOCK = 5  # bytes: seconds since 1970 in a form's stamp
_STAMP_LENGTH = _CLOCK + SEAL


def leave_token(secret: bytes, subscriber_id: int) -> str:
    """The token that ends one person's subscription."""
    who = subscriber_id.to_bytes(_ID, "big")
    return in_address(_version(secret) + who + seal(secret, b"leave", who))


def read_leave_token(keys: Sequence[bytes], token: str) -> int | None:
    """Whose token this is, or None when none of the secrets (newest first) made it."""
    raw = from_address(token, _LENGTH)
    if raw is None:
        return None
    version, who, given = raw[:1], raw[1 : 1 + _ID], raw[1 + _ID :]
    likely = [secret for secret in keys if version == _version(secret)]
    return int.from_bytes(who, "big") if is_sealed(likely, given, b"leave", who) else None


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
    return in_address(shown + seal(secret, b"form", shown))


def form_age(keys: Sequence[bytes], stamp: str, now: datetime) -> timedelta | None:
    """How long ago a form was shown, or None when the stamp is not ours."""
    raw = from_address(stamp, _STAMP_LENGTH)
    if raw is None:
        return None
    shown, given = raw[:_CLOCK], raw[_CLOCK:]
    if not is_sealed(keys, given, b"form", shown):
        return None
    return now - datetime.fromtimestamp(int.from_bytes(shown, "big"), UTC)


def _version(secret: bytes) -> bytes:
    """One byte that tells secrets apart, so that usually only one of them is tried."""
    return hashlib.sha256(b"version\0" + secret).digest()[:1]
