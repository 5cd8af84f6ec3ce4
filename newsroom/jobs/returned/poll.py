"""Read the inbox: what has come since the last time, each mail once, ours put away afterwards."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.incoming import Mark, read_mark, write_mark
from newsroom.jobs.returned.bounce import Handling, take_in
from newsroom.model.saying import Saying, say

_AT_ONCE = 500  # mails of one look; the next look goes on from there


class Mailbox(Protocol):
    """A mailbox whose messages have numbers that grow."""

    @property
    def name(self) -> str:
        """Which one it is, without its password."""

    @property
    def validity(self) -> int:
        """While this is the same, so are the numbers."""

    def numbers_after(self, uid: int) -> tuple[int, ...]:
        """The numbers of the messages that came after one, in order."""

    def read(self, uid: int) -> bytes | None:
        """A message, None when it is gone."""

    def put_away(self, uid: int) -> None:
        """Move a message out of the way."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What one look into the inbox found."""

    counts: Mapping[Handling, int]

    @property
    def sentence(self) -> Saying:
        """What it found, on a line."""
        return say(
            "{bounced} came back, {complained} complained, {left} left by mail, "
            "{named} to look at, {others} of others",
            bounced=self.counts[Handling.BOUNCED],
            complained=self.counts[Handling.COMPLAINED],
            left=self.counts[Handling.LEFT],
            named=self.counts[Handling.NAMED],
            others=self.counts[Handling.NOT_OURS],
        )


def poll(mailbox: Mailbox, engine: Engine, keys: Sequence[bytes], now: datetime) -> Poll:
    """Deal with each new mail in turn.

    A mail is put away after what it says was committed, and the mark is moved after that: a crash
    at any moment has it read again, which changes nothing.
    """
    found: Counter[Handling] = Counter()
    validity = mailbox.validity
    for uid in mailbox.numbers_after(_last_read(mailbox, engine, validity))[:_AT_ONCE]:
        message = mailbox.read(uid)
        if message is not None:
            handled = take_in(engine, keys, message, now)
            found[handled.what] += not handled.again
            if handled.what.is_done:
                mailbox.put_away(uid)
        with transaction(engine) as connection:
            write_mark(connection, mailbox.name, Mark(validity, uid))
    return Poll(found)


def _last_read(mailbox: Mailbox, engine: Engine, validity: int) -> int:
    """The last number that was read; none of them, when the server has numbered anew."""
    with reading(engine) as connection:
        mark = read_mark(connection, mailbox.name)
    return mark.uid if mark is not None and mark.validity == validity else 0
