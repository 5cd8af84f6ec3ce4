"""What tokens are made of: seals with a secret (HMAC-SHA256), and base64url."""

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

SEAL = 16  # bytes of HMAC-SHA256, where there is room for them


def seal(secret: bytes, purpose: bytes, content: bytes, length: int = SEAL) -> bytes:
    """The secret's word for `content`. A purpose's seals are good for nothing else."""
    return hmac.digest(secret, purpose + b"\0" + content, "sha256")[:length]


def is_sealed(
    keys: Sequence[bytes], given: bytes, purpose: bytes, content: bytes, length: int = SEAL
) -> bool:
    """Whether one of the secrets gave its word; how much of it is right cannot be timed."""
    return any(
        hmac.compare_digest(given, seal(secret, purpose, content, length)) for secret in keys
    )


def mark_of(secret: bytes) -> bytes:
    """One byte that tells secrets apart, so that usually only one of them is tried."""
    return hashlib.sha256(b"version\0" + secret).digest()[:1]


def marked_so(keys: Sequence[bytes], mark: bytes) -> tuple[bytes, ...]:
    """The secrets that a mark may be of."""
    return tuple(secret for secret in keys if mark_of(secret) == mark)


def in_address(raw: bytes) -> str:
    """Bytes in base64url without padding (RFC 4648 section 5)."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_address(text: str, length: int) -> bytes | None:
    """The `length` bytes that a text stands for, or None.

    Base64 lets some last characters stand for the same bytes; only the one we write is ours.
    """
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and in_address(raw) == text else None
