"""A message as it was received, taken apart for those who judge it."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses

from newsroom.domains.tags import read_loosely
from newsroom.errors import StateError
from newsroom.model.saying import say

_MBOX_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:From [^\r\n]*\r?\n)?(?:>From [^\r\n]*\r?\n)?")
_METHOD = re.compile(r"(?:^|;)\s*([a-z-]+)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_PROPERTY = re.compile(r"([a-z]+\.[a-z_-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """One DKIM-Signature as it stands in the message."""

    number: int  # among those of the message, from the top
    domain: str
    selector: str
    algorithm: str
    covers: frozenset[str]  # names of header fields in small letters
    has_length: bool  # `l=`: what stands behind so many octets is not covered

    @property
    def name(self) -> str:
        """How it is told of: `nyhetsbrev@example.se`."""
        return f"{self.selector}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Received:
    """A message, and what its headers say."""

    raw: bytes
    message: Message

    @property
    def author(self) -> str:
        """The address in From, in small letters."""
        return (self._addresses("From") or ("",))[0]

    @property
    def author_domain(self) -> str:
        """The domain of From."""
        return self.author.rpartition("@")[2]

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who is named as a recipient."""
        return (*self._addresses("To"), *self._addresses("Cc"))

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """The DKIM signatures, from the top."""
        values = self.values("DKIM-Signature")
        return tuple(_signature(number, value) for number, value in enumerate(values))

    @property
    def is_newsletter(self) -> bool:
        """Whether it should be one that can be left: what a program wrote by itself cannot."""
        return self.value("Auto-Submitted") is None

    def values(self, name: str) -> tuple[str, ...]:
        """Every header field of a name, unfolded, as it stands."""
        found = self.message.get_all(name, [])
        return tuple(" ".join(str(value).split()) for value in found)

    def value(self, name: str) -> str | None:
        """The first of them."""
        return next(iter(self.values(name)), None)

    def part(self, kind: str) -> str | None:
        """The text of the first part of a type such as `text/html`, decoded."""
        for part in self.message.walk():
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                return _decoded(part)
        return None

    def results(self) -> tuple[str, tuple[tuple[str, str, dict[str, str]], ...]] | None:
        """Who judged it on arrival, and each method with its result (RFC 8601); the newest only."""
        value = self.value("Authentication-Results")
        if value is None:
            return None
        bare = value
        while _COMMENT.search(bare):
            bare = _COMMENT.sub("", bare)
        judge, _, rest = bare.partition(";")
        found = []
        for piece in rest.split(";"):
            if match := _METHOD.match(piece):
                told = {name.lower(): of for name, of in _PROPERTY.findall(piece)}
                found.append((match[1].lower(), match[2].lower(), told))
        return judge.strip().partition(" ")[0], tuple(found)

    def _addresses(self, name: str) -> tuple[str, ...]:
        pairs = getaddresses(list(self.values(name)))
        return tuple(address.lower() for _, address in pairs if "@" in address)


def read_message(raw: bytes, named: str) -> Received:
    """The message in a file. Raises StateError for a file that holds none."""
    whole = _MBOX_LINE.sub(b"", raw, count=1)
    message = message_from_bytes(whole, policy=policy.compat32)
    if message.get("From") is None:
        raise StateError(
            say(
                "{file} is no message; save it with its headers, as .eml: in Outlook on the web "
                "Download, in Gmail Download message, in Thunderbird Save as",
                file=named,
            )
        )
    return Received(whole, message)


def _signature(number: int, value: str) -> Signature:
    tags = dict(read_loosely(value))
    covers = frozenset(name.strip().lower() for name in tags.get("h", "").split(":"))
    return Signature(
        number,
        tags.get("d", "").lower(),
        tags.get("s", "").lower(),
        tags.get("a", "").lower(),
        covers,
        "l" in tags,
    )


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset() or "utf-8"
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
