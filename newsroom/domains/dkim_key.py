"""The key that a domain publishes for DKIM: whether receivers can use it (RFC 6376, 8301, 8463)."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.domains.answers import TRY_LATER, Ask, DnsOutcome
from newsroom.domains.tags import read_tags
from newsroom.model.checkup import Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say

_SHORTEST, _WANTED = 1024, 2048  # bits (RFC 8301 section 3.2)
_ED25519 = 32  # bytes (RFC 8463 section 4.2)
_KNOWN_KINDS = {"rsa", "ed25519"}
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a key stands, and what should stand there."""

    name: str
    domain: str
    expected: bytes | None = None  # the other half of the key that we sign with, when we do
    record: str | None = None  # the text to publish for it

    @property
    def record_name(self) -> str:
        """The name of its TXT record (RFC 6376 section 3.6.2.1)."""
        return f"{self.name}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """One key record as it is understood."""

    kind: str
    key: bytes
    bits: int  # of an RSA key; of an Ed25519 key 256
    flags: frozenset[str]


def judge_key(ask: Ask, selector: Selector) -> tuple[Remark, ...]:
    """What is to be said of the key at a selector."""
    answer = ask(selector.record_name, "TXT")
    if not answer.is_known:
        return (
            unchecked(
                answer.why_unknown,
                TRY_LATER,
            ),
        )
    meant = tuple(text for text in answer.records if _is_meant(text))
    if answer.outcome is not DnsOutcome.FOUND or not meant:
        return (_fault(selector, say("there is no key at {name}", name=selector.record_name)),)
    if len(meant) > 1:
        return (
            fault(
                say(
                    "{number} keys stand at {name}, and nobody knows which one holds",
                    number=len(meant),
                    name=selector.record_name,
                ),
                say("leave one TXT record there"),
            ),
        )
    return tuple(_judge_record(meant[0], selector))


def published_key(text: str) -> PublishedKey | None:
    """The key in a record; None when nothing can be verified with it. An empty key is b""."""
    found = read_tags(text)
    if found is None:
        return None
    tags = dict(found)
    if "v" in tags and (tags["v"] != "DKIM1" or found[0][0] != "v"):
        return None
    kind = tags.get("k", "rsa").lower()
    if "p" not in tags or kind not in _KNOWN_KINDS:
        return None
    flags = frozenset(flag.strip() for flag in tags.get("t", "").split(":") if flag.strip())
    try:
        key = b64decode(_BLANKS.sub("", tags["p"]), validate=True)
    except (Base64Error, ValueError):
        return None
    if not key:
        return PublishedKey(kind, b"", 0, flags)
    bits = _bits(kind, key)
    return None if bits is None else PublishedKey(kind, key, bits, flags)


def _is_meant(text: str) -> bool:
    """Whether a TXT record was meant as a key: other texts may stand there by a wildcard."""
    return bool(re.search(r"(?:^|;)\s*p\s*=", text)) or text.strip().lower().startswith("v=dkim")


def _judge_record(text: str, selector: Selector) -> Iterator[Remark]:
    found = published_key(text)
    if found is None:
        yield _fault(selector, say("what stands at {name} is no key", name=selector.record_name))
        return
    if not found.key:
        yield _fault(
            selector, say("the key at {name} is withdrawn: p= is empty", name=selector.record_name)
        )
        return
    tags = dict(read_tags(text) or ())
    yield from _limits(tags, found, selector)
    if selector.expected is not None and not _is_same(found, selector.expected):
        yield _fault(
            selector,
            say(
                "the key at {name} is another one than mail is signed with",
                name=selector.record_name,
            ),
        )
    yield _size(found, selector)


def _limits(tags: dict[str, str], found: PublishedKey, selector: Selector) -> Iterator[Remark]:
    """What the record forbids."""
    if "y" in found.flags:
        yield fault(
            say(
                "the key at {name} says t=y: it is being tried out, and its signatures count for "
                "nothing",
                name=selector.record_name,
            ),
            say("take t=y out of the record"),
        )
    services = {word.strip() for word in tags.get("s", "*").split(":")}
    if not services & {"*", "email"}:
        yield _fault(
            selector, say("the key at {name} is not for mail (s=)", name=selector.record_name)
        )
    hashes = {word.strip() for word in tags.get("h", "sha256").split(":")}
    if "sha256" not in hashes:
        yield fault(
            say("the key at {name} forbids SHA-256 (h=)", name=selector.record_name),
            say("take h= out of the record: nobody verifies with SHA-1 any more (RFC 8301)"),
        )


def _size(found: PublishedKey, selector: Selector) -> Remark:
    name = selector.record_name
    if found.kind != "rsa":
        return fine(say("{name}: an Ed25519 key", name=name))
    new = f"newsroom dkim new {selector.name}"
    if found.bits < _SHORTEST:
        return fault(
            say(
                "the key at {name} has {bits} bits; below 1024 no receiver counts it",
                name=name,
                bits=found.bits,
            ),
            say("make one of 2048 bits and publish it; here with: {command}", command=new),
        )
    if found.bits < _WANTED:
        return warning(
            say("the key at {name} has {bits} bits; 2048 are wanted", name=name, bits=found.bits),
            say("make one of 2048 bits and publish it; here with: {command}", command=new),
        )
    return fine(say("{name}: an RSA key of {bits} bits", name=name, bits=found.bits))


def _fault(selector: Selector, detail: Saying) -> Remark:
    name = selector.record_name
    if selector.record:
        return fault(detail, say("publish a TXT record of {name}", name=name), selector.record)
    fix = say("take the record from whoever signs your mail, and publish it at {name}", name=name)
    return fault(detail, fix)


def _bits(kind: str, key: bytes) -> int | None:
    """How long a key is; None when it is none. RSA keys also stand there bare (RFC 8017)."""
    if kind == "ed25519":
        return _ED25519 * 8 if len(key) == _ED25519 else None
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        loaded = load_der_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return loaded.key_size if isinstance(loaded, RSAPublicKey) else None


def _is_same(found: PublishedKey, expected: bytes) -> bool:
    """Whether it is the other half of ours, however its bytes are wrapped."""
    if found.key == expected:
        return True
    if found.kind != "rsa":
        return False
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(found.key) == load_der_public_key(expected)
    except ValueError:
        return False
