"""A key to sign mail with (RFC 8301 section 3.2 asks for at least 1024 bits, and wants 2048)."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def write_key(path: Path) -> Path:
    """A new RSA key of 2048 bits, readable by its owner only."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
