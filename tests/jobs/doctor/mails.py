"""Messages as they are received, signed with real keys, and what is done to them on their way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import dkim

from newsroom.domains.answers import Ask, DnsAnswer, DnsOutcome
from newsroom.jobs.doctor.received_links import LetterContent

URL = "https://nyheter.example.se"
STORY = f"{URL}/nyheter/2026/host/"
ELSEWHERE = "https://www.folkhalsan.example/rapport?år=2026"
PICTURE = f"{URL}/bilder/abc1/host.jpg"
LEAVE = f"{URL}/avsluta/exempel"
LIST_HEADERS = (
    ("List-Unsubscribe", f"<{URL}/u/exempel>, <mailto:studs@example.se?subject=unsubscribe>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("List-Id", "<newsletter.nyheter.example.se>"),
    ("Feedback-ID", "2026-host:newsletter:news:examplese"),
)
HEADERS = (
    ("From", "Nätverket <nyhetsbrev@example.se>"),
    ("To", "anna@kommun.example"),
    ("Subject", "[Test] Nyhetsbrev"),
    ("Date", "Sun, 22 Nov 2026 09:00:00 +0100"),
    ("Message-ID", "<0123456789abcdef@example.se>"),
    ("MIME-Version", "1.0"),
    *LIST_HEADERS,
    ("Content-Type", 'multipart/alternative; boundary="=_b"'),
)
TEXT = f"Hej!\n\nHösten: {STORY}\nRapporten: {ELSEWHERE}\n\n-- \nAvsluta: {LEAVE}\n"
HTML = (
    f'<html lang="sv"><body><p>Hej!</p><a href="{STORY}">Hösten</a>'
    f'<a href="{ELSEWHERE}">Rapporten</a><img src="{PICTURE}" width="600" height="300" alt="">'
    f'<a href="{LEAVE}">Avsluta</a></body></html>'
)
SENT = LetterContent(frozenset({STORY, ELSEWHERE}), frozenset({PICTURE}))
COVERED = tuple(name.encode() for name, _ in HEADERS if name != "MIME-Version")


@dataclass(frozen=True, slots=True)
class Mail:
    """What is written, and how it is signed."""

    headers: Sequence[tuple[str, str]] = HEADERS
    text: str | None = TEXT
    html: str | None = HTML
    domain: str = "example.se"
    covered: tuple[bytes, ...] = COVERED
    length: bool = False
    kind: bytes = b"rsa-sha256"
    signed: bool = True

    def raw(self) -> bytes:
        """The message as it left."""
        parts = [
            f"--=_b\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
            f"\r\n{content}\r\n"
            for kind, content in (("text/plain", self.text), ("text/html", self.html))
            if content is not None
        ]
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        whole = f"{head}\r\n{''.join(parts)}--=_b--\r\n".encode()
        if not self.signed:
            return whole
        there = {name.lower() for name, _ in self.headers}
        covered = [name for name in self.covered if name.decode().lower() in there]
        private, _ = key_pair()
        signature: bytes = dkim.sign(
            whole,
            b"k",
            self.domain.encode(),
            private,
            include_headers=covered,
            length=self.length,
            canonicalize=(b"relaxed", b"relaxed"),
            signature_algorithm=self.kind,
        )
        return signature + whole


@cache
def key_pair() -> tuple[bytes, str]:
    """A private key as PEM, and the record of its other half."""
    from base64 import b64encode

    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, f"v=DKIM1; k=rsa; p={b64encode(public).decode()}"


def dns(more: Mapping[tuple[str, str], str] | None = None) -> Ask:
    """The DNS of example.se, and of a provider that signs for itself."""
    record = key_pair()[1]
    known = {
        ("k._domainkey.example.se", "TXT"): record,
        ("k._domainkey.provider.example", "TXT"): record,
        ("k._domainkey.post.example.se", "TXT"): record,
        ("_dmarc.example.se", "TXT"): "v=DMARC1; p=reject",
        ("_dmarc.provider.example", "TXT"): "v=DMARC1; p=none",
        **(more or {}),
    }

    def ask(name: str, kind: str) -> DnsAnswer:
        text = known.get((name, kind))
        return (
            DnsAnswer(name, DnsOutcome.FOUND, (text,))
            if text
            else DnsAnswer(name, DnsOutcome.NO_NAME)
        )

    return ask


def silence(name: str, _kind: str) -> DnsAnswer:
    """A machine without DNS."""
    return DnsAnswer(name, DnsOutcome.SILENT)


def with_header(name: str, value: str | None) -> tuple[tuple[str, str], ...]:
    """The usual headers with one of them replaced, taken away or added."""
    others = [header for header in HEADERS if header[0] != name]
    return tuple(others) if value is None else ((name, value), *others)


def through_safe_links(raw: bytes) -> bytes:
    """Every link of the HTML behind the receiver's gateway, as Microsoft does after delivery."""
    from urllib.parse import quote

    def guard(match: re.Match[bytes]) -> bytes:
        address = quote(match[1].decode(), safe="").encode()
        return (
            b'href="https://eur01.safelinks.protection.outlook.com/?url=' + address + b'&data=05"'
        )

    return re.sub(rb'href="([^"]+)"', guard, raw)


def tracked(raw: bytes) -> bytes:
    """Every link of the HTML led through a provider's counter."""
    return re.sub(
        rb'href="https?://[^"]+"', b'href="https://track.provider.example/ls/click?a=1"', raw
    )


def with_pixel(raw: bytes) -> bytes:
    """A picture of one point at the end of the HTML."""
    pixel = b'<img src="https://track.provider.example/open?a=1" width="1" height="1">'
    return raw.replace(b"</body>", pixel + b"</body>")


@dataclass(frozen=True, slots=True)
class Case:
    """A message that was received, and the verdicts that are not "ok"."""

    name: str
    raw: bytes
    verdicts: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    ask: Ask | None = None
    sent: LetterContent | None = SENT
