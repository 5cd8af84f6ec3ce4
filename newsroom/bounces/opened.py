"""A message of any kind taken apart: headers, text, reports, and the original in it.

Anybody can write to the address that bounces go to. So no more than the first half megabyte is
read, nothing is followed deeper than mail systems nest, and no header is longer than one that
means something: what goes beyond is left out, and nothing is ever raised.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from html import unescape
from itertools import chain, islice

from newsroom.bounces.fields import Fields, blocks, returned_at

_LONGEST = 512 * 1024  # bytes; a report stands at the beginning, what came back at the end
_LONGEST_HEADER = 4_000  # characters
_MOST_IDS = 20
_MOST_PARTS = 60  # multipart/… and message/… that are followed
_NESTS = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
_MESSAGE_ID = re.compile(
    rb"^[ \t>]{0,8}message-id:\s{0,20}(<[!-;=?-~]{3,250}>)", re.IGNORECASE | re.MULTILINE
)
_LINE_ENDS = re.compile(rb"\r\n?")
_EMPTY_LINES = re.compile(rb"\n{4,}")
_NOT_SHOWN = re.compile(r"<(?P<ends>/?)(?:style|script|head)\b[^<>]{0,200}>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h\d|/?table)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_SHOWN_ADDRESS = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_IN_BASE64 = re.compile(r"[A-Za-z0-9+/]+")
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}  # RFC 3464, RFC 6533
_HEADERS = {"text/rfc822-headers", "message/global-headers"}
_MESSAGES = {"message/rfc822", "message/global"}
# Only these: some of Python's codecs are slow on purpose-made bytes, and some make no text.
_CHARSET = re.compile(
    r"us-ascii|utf-?8|iso-?8859-?\d{1,2}|windows-?125\d|cp125\d|koi8-?[ru]|gb2312|gbk|gb18030|"
    r"big5|shift_?jis|iso-?2022-?(jp|kr)|euc-?(jp|kr)"
)


class _Brief(Compat32):
    """The standard policy, with headers cut where they stop to mean anything."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name  # every header is taken for text
        return value.encode("ascii", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a message says, in the pieces that a verdict is made from."""

    head: Fields  # its own headers
    kinds: frozenset[str]  # the MIME types in it
    words: str  # what it tells a person, without the message that came back
    reports: tuple[Fields, ...] = ()  # of delivery: each block of RFC 3464 section 2.1
    feedback: Fields = field(default_factory=Fields)  # of a reader's complaint: RFC 5965
    original: Fields = field(default_factory=Fields)  # headers of the message that came back
    message_ids: tuple[str, ...] = ()  # every one that stands below its own headers


def open_message(message: bytes) -> Opened:
    """A message as it came, opened; CR, LF and CRLF at the ends of its lines mean the same."""
    message = _bounded(message)
    parsed = message_from_bytes(message, policy=_Brief())
    parts = tuple(_own_parts(parsed))
    words, original = _words(parts)
    reports = tuple(_blocks_of(parts, _REPORTS)) or tuple(_blocks_of(_inner(parts), _REPORTS))
    return Opened(
        head=_fields(parsed),
        kinds=frozenset(part.get_content_type() for part in parts),
        words=words,
        reports=reports or tuple(block for block in blocks(words) if block.is_report),
        feedback=_feedback(parts, words),
        original=_returned(parts) or original,
        message_ids=tuple(found.decode() for found in islice(_message_ids(message), _MOST_IDS)),
    )


def _bounded(message: bytes) -> bytes:
    message = _LINE_ENDS.sub(b"\n", message[:_LONGEST])
    for number, nested in enumerate(_NESTS.finditer(message)):
        if number == _MOST_PARTS:
            message = message[: nested.start()]
            break
    return _EMPTY_LINES.sub(b"\n\n\n", message)


def _message_ids(message: bytes) -> Iterator[bytes]:
    """Gateways break parts and paste messages into texts; a Message-ID outlives most of that."""
    below = message.find(b"\n\n")
    return (found[1] for found in _MESSAGE_ID.finditer(message, max(below, 0)))


def _own_parts(message: Message) -> Iterator[Message]:
    """The parts of a message in order; not those of a message in it."""
    yield message
    if message.get_content_maintype() != "message":
        for part in _inside(message):
            yield from _own_parts(part)


def _inside(part: Message) -> list[Message]:
    """The parts of a part; it is asked first, since the payload of others may fail to decode."""
    inside = part.get_payload() if part.is_multipart() else []
    return [each for each in inside if isinstance(each, Message)]


def _inner(parts: Iterable[Message]) -> Iterator[Message]:
    """The parts of a message in the message: a report that a gateway passed on."""
    for part in parts:
        if part.get_content_type() in _MESSAGES:
            for inside in _inside(part)[:1]:
                yield from _own_parts(inside)


def _words(parts: Iterable[Message]) -> tuple[str, Fields]:
    """What a person is told, and the headers of the message that was pasted under it."""
    plain = [_text(part) for part in parts if _is_text(part, "text/plain")]
    texts = [text for text in plain if text.strip()]
    if not texts:
        texts = [_without_tags(_text(part)) for part in parts if _is_text(part, "text/html")]
    told, original = [], Fields()
    for text in texts:
        lines = text.splitlines()
        end = returned_at(lines)
        told.append("\n".join(lines[:end]))
        if end is not None and not original:
            original = next(blocks("\n".join(lines[end:])), Fields())
    return "\n\n".join(told), original


def _is_text(part: Message, kind: str) -> bool:
    """Whether a part is words of this kind; what is no whole multipart is words too."""
    found = part.get_content_type()
    is_broken = part.get_content_maintype() == "multipart" and not part.is_multipart()
    return found == kind or (is_broken and kind == "text/plain")


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    return _decoded(raw, str(part.get_param("charset", "") or ""))


def _decoded(raw: bytes, charset: str) -> str:
    """Bytes as text, in the charset they say, in UTF-8, or in what any bytes are."""
    said = charset.lower()
    for name in (said, "utf-8") if _CHARSET.fullmatch(said) else ("utf-8",):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _without_tags(html: str) -> str:
    shown = _SHOWN_ADDRESS.sub(r" \1 ", _LINE_TAG.sub("\n", _shown(html)))
    return unescape(_TAG.sub(" ", shown)).replace("\N{NO-BREAK SPACE}", " ")


def _shown(html: str) -> str:
    """HTML without its style sheets and scripts."""
    pieces, begin, is_shown = [], 0, True
    for tag in _NOT_SHOWN.finditer(html):
        if is_shown:
            pieces.append(html[begin : tag.start()])
        is_shown, begin = bool(tag["ends"]), tag.end()
    return " ".join([*pieces, html[begin:]] if is_shown else pieces)


def _blocks_of(parts: Iterable[Message], kinds: set[str]) -> Iterator[Fields]:
    for part in parts:
        if part.get_content_type() not in kinds:
            continue
        inside = [_fields(each) for each in _inside(part)]
        yield from filter(None, inside or blocks(_text(part)))
        yield from blocks(_encoded(part))


def _encoded(part: Message) -> str:
    """What a report says that was sent in base64, as some gateways do against RFC 2046, 5.2."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return ""
    lines = "".join(str(each.get_payload()) for each in _inside(part))
    signs = "".join(_IN_BASE64.findall(lines))
    whole = signs[: len(signs) - (len(signs) % 4 == 1)]  # one sign alone is no byte
    return _decoded(b64decode(whole + "=="), "utf-8")


def _feedback(parts: Iterable[Message], words: str) -> Fields:
    """The report of RFC 5965, or what stands for it in a text."""
    written = (block for block in blocks(words) if block.every("feedback-type"))
    return next(chain(_blocks_of(parts, {"message/feedback-report"}), written), Fields())


def _returned(parts: Iterable[Message]) -> Fields:
    """The headers of the first message in a message, whole or not (RFC 3462)."""
    for part in parts:
        kind, inside = part.get_content_type(), _inside(part)
        if kind in _MESSAGES and inside:
            return _fields(inside[0])
        if kind in _HEADERS:
            return next(blocks(_text(part)), Fields())
    return Fields()


def _fields(part: Message) -> Fields:
    return Fields.of((name, _unfolded(str(value))) for name, value in part.items())


def _unfolded(value: str) -> str:
    """A header's value with its encoded words read (RFC 2047), or as it is where they are none."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except HeaderParseError:
        return value
    return "".join(
        piece if isinstance(piece, str) else _decoded(piece, charset or "")
        for piece, charset in pieces
    )
