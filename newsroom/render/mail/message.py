"""A letter as the bytes of one message a reader: built once, then filled in."""

import quopri
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from newsroom.errors import ContentError
from newsroom.model import Issue, Site
from newsroom.model.saying import say
from newsroom.model.wire import WireText, travels
from newsroom.render.mail import holes
from newsroom.render.mail.headers import letter_message, system_message
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.marking import as_trial
from newsroom.render.mail.policy import POLICY, address
from newsroom.render.text.characters import one_line

__all__ = ["MessageTemplate", "Personal", "message_template", "system_message", "trial_message"]

# The part before @ is a dot-atom or a quoted string (RFC 5321, section 4.1.2).
_ADDRESS = re.compile(
    r"""(?:[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+|"(?:[ !#-\[\]-~]|\\[ -~])+")@[0-9A-Za-z.\-\[\]:]+"""
)
_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
# No quotation marks, angle brackets or ampersands: such an address is itself in HTML and headers.
_URL = re.compile(r"https?://[0-9A-Za-z._~:/?#@!$()*+,;=%\-]+")
_HOLES = {
    "to": holes.TO,
    "date": holes.DATE,
    "message_id": holes.MESSAGE_ID,
    "one_click": holes.ONE_CLICK,
    "leave_word": holes.LEAVE_WORD,
    "leave": holes.LEAVE,
}
_SOFT_BREAK = b"=\r\n"  # RFC 2045, section 6.7: the line goes on


@dataclass(frozen=True, slots=True)
class Personal:
    """What one reader's message has of its own. Raises ValueError for what would break it."""

    to_name: str  # may be empty
    to_email: str  # ASCII; international domains as A-labels
    message_id: str  # <…@…>: the same on every attempt
    one_click_url: str  # ends in the token, which the mailto variant is given too
    leave_url: str

    def __post_init__(self) -> None:
        for name, form in (
            ("to_email", _ADDRESS),
            ("message_id", _ID),
            ("one_click_url", _URL),
            ("leave_url", _URL),
        ):
            value = getattr(self, name)
            if not form.fullmatch(value):
                raise ValueError(f"{name} is {value!r}, which cannot stand in a message")


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """The bytes of a message, cut where something personal belongs."""

    pieces: tuple[bytes, ...]  # one more than the holes
    holes: tuple[str, ...]
    date: str  # as in the header
    _travels: bool = field(init=False)  # every piece does as it is

    def __post_init__(self) -> None:
        whole = self.pieces[-1].endswith(b"\r\n")
        object.__setattr__(self, "_travels", whole and travels(*self.pieces))

    def fill(self, personal: Personal, date: datetime | None = None) -> bytes:
        """The message to one reader, ready for DATA: CRLF, 7-bit, lines below 998 octets.

        `date` (aware) replaces the date that the template was made with.
        """
        values = {
            "to": address(one_line(personal.to_name), personal.to_email).encode("ascii"),
            "date": (format_datetime(date) if date else self.date).encode("ascii"),
            "message_id": personal.message_id.encode("ascii"),
            "one_click": personal.one_click_url.encode("ascii"),
            "leave_word": personal.one_click_url.rpartition("/")[2].encode("ascii"),
            "leave": _quoted(personal.leave_url),
        }
        filled = [self.pieces[0]]
        for hole, piece in zip(self.holes, self.pieces[1:], strict=True):
            filled += (values[hole], piece)
        message = b"".join(filled)
        return WireText(message) if self._travels and travels(*values.values()) else message

    def unfilled(self) -> bytes:
        """What is the same for every reader, with the words of the holes where theirs would be."""
        words = (_HOLES[hole].encode("ascii") for hole in self.holes)
        pairs = zip(words, self.pieces[1:], strict=True)
        return self.pieces[0] + b"".join(word + piece for word, piece in pairs)

    def to_json(self) -> dict[str, Any]:
        """The template as JSON holds it: the bytes are ASCII."""
        pieces = [piece.decode("ascii") for piece in self.pieces]
        return {"pieces": pieces, "holes": list(self.holes), "date": self.date}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "MessageTemplate":
        """The template that `to_json` gave."""
        pieces = tuple(piece.encode("ascii") for piece in content["pieces"])
        return cls(pieces, tuple(content["holes"]), content["date"])


def message_template(letter: Letter, site: Site, issue: Issue, now: datetime) -> MessageTemplate:
    """The letter as a message, rendered once for all its readers; its date is `now` (aware).

    Raises ContentError when the letter has lost its link that ends the subscription.
    """
    pieces, found = _cut(letter_message(letter, site, issue).as_bytes(policy=POLICY))
    if found.count("leave") < 2:  # noqa: PLR2004 (one in the text, one in the HTML)
        raise ContentError(
            say(
                "the letter has no link that ends the subscription; put {{{{ view.leave_url }}}} "
                "back into templates/mail/footer.html"
            )
        )
    return MessageTemplate(pieces, found, format_datetime(now))


def trial_message(
    letter: Letter, site: Site, issue: Issue, personal: Personal, now: datetime
) -> bytes:
    """The letter to one person who tries it, marked in its subject and above its first word."""
    return message_template(as_trial(letter), site, issue, now).fill(personal)


def _cut(message: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """The message in pieces, and the names of the holes between them.

    Quoted-printable may have broken a hole's word between two lines.
    """
    broken = "(?:=\r\n)?"
    words = {name: broken.join(map(re.escape, word)) for name, word in _HOLES.items()}
    any_word = "|".join(f"(?P<{name}>{word})" for name, word in words.items())
    pieces, found, end = [], [], 0
    for match in re.finditer(any_word.encode("ascii"), message):
        pieces.append(message[end : match.start()])
        found.append(str(match.lastgroup))
        end = match.end()
    return (*pieces, message[end:]), tuple(found)


def _quoted(address: str) -> bytes:
    """An address in quoted-printable on lines of its own, for a hole anywhere in a line."""
    lines = quopri.encodestring(address.encode("ascii")).replace(b"\n", b"\r\n")
    return _SOFT_BREAK + lines + _SOFT_BREAK
