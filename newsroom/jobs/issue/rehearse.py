"""A rehearsal: every reader's message is made and looked at, and none leaves the machine.

It goes by the same list, the same letters and the same suppressions as the sending, in one look at
the database, and holds one message at a time in memory.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from newsroom.database.tables import suppression
from newsroom.delivery.ledger.audience import Reader, readers_of
from newsroom.delivery.ledger.freeze import Edition, message_id
from newsroom.delivery.pace.forecast import time_needed
from newsroom.delivery.pace.hours import after_open_time
from newsroom.errors import StateError
from newsroom.jobs.issue.departure import first_mail
from newsroom.jobs.issue.stationery import personal
from newsroom.model import Site
from newsroom.model.saying import say
from newsroom.readers.suppression import address_hashes
from newsroom.readers.tokens import leave_token
from newsroom.render.mail.message import MessageTemplate
from newsroom.render.mail.soundness import unsound

Keep = Callable[[str, bytes], None]  # takes a message, and the name of a file for it
_MOST_NAMED = 1_000  # readers whose message is unsound; a template's fault is everybody's


@dataclass(frozen=True, slots=True)
class Unsound:
    """A reader for whom no message can be made that arrives."""

    email: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a sending would come to. `frozen` is the sum of the three after it."""

    issue: str
    frozen: int
    accepted: int  # messages made, and found sound
    refused: int  # no message can be made
    excluded: int  # suppressed, so that nothing is sent
    unsound: tuple[Unsound, ...]
    domains: tuple[tuple[str, int], ...]  # messages by domain, the most first
    languages: tuple[tuple[str, int], ...]  # messages by the language of the letter
    octets: int  # of all messages together
    largest: int  # octets of the largest one
    begins: datetime
    ends: datetime  # by the paces and hours; a relay may be slower


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An issue as it would be frozen, and what it takes to make its messages."""

    edition: Edition
    site: Site
    keys: Sequence[bytes]  # secrets, newest first
    lane: Callable[[str], str]  # of an address
    leaves_at: datetime

    def run(self, connection: Connection, keep: Keep) -> Rehearsed:
        """Make every message and give the sound ones to `keep`.

        A fault of one reader's keeps nobody else's from being made.
        """
        tally, letters = _Tally(), self.edition.letters.items()
        templates = {lang: MessageTemplate.from_json(content) for lang, content in letters}
        kept_out = set(connection.scalars(select(suppression.c.address_hash)))
        for reader in readers_of(connection, self.edition.audience):
            if kept_out.intersection(address_hashes(self.keys, reader.email)):
                tally.excluded += 1
                continue
            lang = reader.letter(templates, self.edition.default_lang)
            try:
                message = self._message(templates[lang], reader)
            except ValueError as error:  # a name or an address that would break the message
                tally.refuse(reader.email, error.args[0])
                continue
            tally.add(reader.email, lang, self.lane(reader.email), len(message))
            keep(self._file_name(reader), message)
        return self._added_up(tally)

    def _message(self, template: MessageTemplate, reader: Reader) -> bytes:
        """One reader's message. Raises ValueError for one that would not arrive."""
        name, token = message_id(self.edition, reader.id), leave_token(self.keys[0], reader.id)
        own = personal(self.site, reader.email, reader.name, name, token)
        message = template.fill(own, self.leaves_at.astimezone(self.site.timezone))
        if why := unsound(message, reader.email):
            raise ValueError(why)
        return message

    def _file_name(self, reader: Reader) -> str:
        """From the Message-ID, as the folder that stands in for a mail server names it."""
        return f"{message_id(self.edition, reader.id).strip('<>')}.eml"

    def _added_up(self, tally: "_Tally") -> Rehearsed:
        sending = self.site.sending
        begins = first_mail(self.leaves_at, sending, self.site.timezone)
        wait = sending.canary.wait if sending.canary else timedelta(0)
        needed = time_needed(tally.lanes, sending)
        ends = after_open_time(sending.hours, begins + wait, needed, self.site.timezone)
        made = tally.domains.total()
        return Rehearsed(
            issue=self.edition.issue,
            frozen=made + tally.refused + tally.excluded,
            accepted=made,
            refused=tally.refused,
            excluded=tally.excluded,
            unsound=tuple(tally.unsound),
            domains=_ordered(tally.domains),
            languages=_ordered(tally.languages),
            octets=tally.octets,
            largest=tally.largest,
            begins=begins,
            ends=ends,
        )


def nowhere(_name: str, _message: bytes) -> None:
    """Keep no message: it was only to be seen that it can be made."""


def require_sound(done: Rehearsed) -> None:
    """Pass when there is somebody whose message can be made. Raises StateError with the fault.

    An issue is frozen once, so it must not be frozen for nobody. A fault of a few is theirs: they
    are refused when their turn comes, and keep nobody waiting.
    """
    if not done.frozen:
        raise StateError(
            say(
                "{issue}: no active subscriber would get it; see who is on the list: {command}",
                issue=done.issue,
                command="newsroom subscribers list",
            )
        )
    if done.unsound and not done.accepted:
        raise StateError(
            say("{issue}: no message can be made: {why}", issue=done.issue, why=done.unsound[0].why)
        )


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    refused: int = 0
    excluded: int = 0
    octets: int = 0
    largest: int = 0
    unsound: list[Unsound] = field(default_factory=list)
    domains: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    lanes: Counter[str] = field(default_factory=Counter)

    def add(self, email: str, lang: str, lane: str, octets: int) -> None:
        self.domains[email.rpartition("@")[2]] += 1
        self.languages[lang] += 1
        self.lanes[lane] += 1
        self.octets += octets
        self.largest = max(self.largest, octets)

    def refuse(self, email: str, why: str) -> None:
        self.refused += 1
        if len(self.unsound) < _MOST_NAMED:
            self.unsound.append(Unsound(email, why))


def _ordered(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The most first; of as many, by name."""
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
