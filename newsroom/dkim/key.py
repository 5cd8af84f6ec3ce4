"""A key that signs for a domain, and the DNS record that tells everybody its other half."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_BITS = 2048  # RFC 8301 section 3.2: verifiers may refuse less, and DNS carries more badly
_LONGEST_STRING = 255  # bytes of one string in a TXT record (RFC 1035 section 3.3)


class KeyKind(StrEnum):
    """What a key signs with. Everybody verifies RSA; Ed25519 can only stand beside it."""

    RSA = "rsa"
    ED25519 = "ed25519"


@dataclass(frozen=True, slots=True)
class Key:
    """One half to sign with, which shows nowhere, and one to publish."""

    domain: str
    selector: str  # tells the domain's keys apart
    kind: KeyKind
    published: bytes = field(repr=False)
    sign: Callable[[bytes], bytes] = field(repr=False)

    def is_of(self, domain: str) -> bool:
        """Whether a receiver will count its signature for mail from that domain.

        DMARC goes by the organisation's domain, which is taken for the last two words here.
        """
        return self.domain.split(".")[-2:] == domain.lower().split(".")[-2:]

    @property
    def record_name(self) -> str:
        """Where in DNS the record stands (RFC 6376 section 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """The text of the TXT record (RFC 6376 section 3.6.1, RFC 8463 section 4.2)."""
        return f"v=DKIM1; k={self.kind}; p={b64encode(self.published).decode('ascii')}"

    @property
    def record_strings(self) -> tuple[str, ...]:
        """The record in pieces that a zone file can hold."""
        whole, step = self.record, _LONGEST_STRING
        return tuple(whole[start : start + step] for start in range(0, len(whole), step))


def read_key(domain: str, selector: str, pem: bytes, named: str) -> Key:
    """The key in a PEM file that is called `named`. Raises SettingsError, without the key in it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(pem, None)
    except (TypeError, ValueError, UnsupportedAlgorithm):  # sealed, no key, a strange one
        private = None
    if isinstance(private, Ed25519PrivateKey):
        return Key(
            domain, selector, KeyKind.ED25519, private.public_key().public_bytes_raw(), private.sign
        )
    if isinstance(private, RSAPrivateKey) and private.key_size >= _BITS:
        return _rsa(domain, selector, private)
    raise SettingsError(
        say(
            "{file} holds no key that can sign: an RSA key of {bits} bits or an Ed25519 key as "
            "PEM, without a password; make one with: newsroom dkim new",
            file=named,
            bits=_BITS,
        )
    )


def new_key(kind: KeyKind) -> bytes:
    """A new private key, as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

    private = (
        ed25519.Ed25519PrivateKey.generate()
        if kind is KeyKind.ED25519
        else rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    )
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _rsa(domain: str, selector: str, private: "RSAPrivateKey") -> Key:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    padding, algorithm = PKCS1v15(), SHA256()
    published = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(content: bytes) -> bytes:
        return private.sign(content, padding, algorithm)

    return Key(domain, selector, KeyKind.RSA, published, sign)
