"""What tokens are made of: seals with a secret (HMAC-SHA256), and base64url."""

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

SEAL = 16  # bytes of HMAC-SHA256, where there is room for them


def seal(secret: bytes, purpose: bytes, content: bytes, length: int = SEAL) -> bytes:
    """The HMAC of `content` with a secret. A seal for one purpose is good for no other."""
    return hmac.digest(secret, purpose + b"\0" + content, "sha256")[:length]


def is_sealed(
    keys: Sequence[bytes], given: bytes, purpose: bytes, content: bytes, length: int = SEAL
) -> bool:
    """Whether one of the secrets made this seal; compared in constant time."""
    return any(
        hmac.compare_digest(given, seal(secret, purpose, content, length)) for secret in keys
    )


def mark_of(secret: bytes) -> bytes:
    """One byte that tells secrets apart, so that usually only one of them is tried."""
    return hashlib.sha256(b"version\0" + secret).digest()[:1]


def marked_so(keys: Sequence[bytes], mark: bytes) -> tuple[bytes, ...]:
    """The secrets that have this mark: usually one."""
    return tuple(secret for secret in keys if mark_of(secret) == mark)


def to_base64url(raw: bytes) -> str:
    """Bytes in base64url without padding (RFC 4648 section 5)."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str, length: int) -> bytes | None:
    """The `length` bytes that a text stands for, or None.

    Base64 lets some last characters stand for the same bytes; only the one we write is ours.
    """
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and to_base64url(raw) == text else None
