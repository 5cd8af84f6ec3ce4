"""A key, and what is published of it."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from newsroom.dkim.key import KeyKind, new_key, read_key
from newsroom.errors import SettingsError

# The key of RFC 8463's example (appendix A.2), and the record that belongs to it.
EXAMPLE_SECRET = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
EXAMPLE_RECORD = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


def pem_of(private: PrivateKeyTypes, password: bytes | None = None) -> bytes:
    """A private key as a PEM file holds it."""
    sealed = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed
    )


def test_the_record_of_the_standards_example() -> None:
    """The record of RFC 8463's key is the one that the RFC prints."""
    private = Ed25519PrivateKey.from_private_bytes(b64decode(EXAMPLE_SECRET))
    key = read_key("football.example.com", "brisbane", pem_of(private), "key.pem")

    assert (key.record_name, key.record) == (
        "brisbane._domainkey.football.example.com",
        EXAMPLE_RECORD,
    )


@pytest.mark.parametrize("kind", KeyKind)
def test_a_new_key_can_be_read(kind: KeyKind) -> None:
    """A key that was made signs, and its record names its kind; its secret half shows nowhere."""
    pem = new_key(kind)
    key = read_key("example.se", "host", pem, "key.pem")

    assert key.kind is kind
    assert key.record.startswith(f"v=DKIM1; k={kind}; p=")
    assert "published" not in repr(key)
    assert key.sign(b"text")


def test_a_long_record_is_told_in_pieces() -> None:
    """No string of a TXT record is longer than 255 bytes (RFC 1035 section 3.3)."""
    key = read_key("example.se", "host", new_key(KeyKind.RSA), "key.pem")

    assert len(key.record_strings) == 2
    assert max(map(len, key.record_strings)) <= 255
    assert "".join(key.record_strings) == key.record


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n",
        pem_of(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
        pem_of(ec.generate_private_key(ec.SECP256R1())),
        pem_of(rsa.generate_private_key(public_exponent=65537, key_size=2048), b"password"),
    ],
    ids=["empty", "nonsense", "short", "another kind", "sealed"],
)
def test_what_cannot_sign(pem: bytes) -> None:
    """A file that holds no key we can use is named, with what to do, and nothing out of it."""
    with pytest.raises(SettingsError, match=r"var/key.pem holds no key .* dkim new") as told:
        read_key("example.se", "host", pem, "var/key.pem")

    assert "nonsense" not in str(told.value)
