"""Read the inbox: what has come since the last time, each mail once, ours put away afterwards."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DataError

from newsroom.database import reading, transaction
from newsroom.database.incoming import InboxMark, read_mark, write_mark
from newsroom.errors import OutsideError
from newsroom.jobs.returned.bounce import Handled, Handling, take_in
from newsroom.model.saying import Saying, say

log = logging.getLogger(__name__)

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
        """Move a message out of the way. Raises OutsideError when the server will not."""


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

    The mark is moved after what a mail says was committed, and the mail is put away after that: a
    crash has one mail read again, which changes nothing, or leaves it lying where it is. No mail
    keeps those behind it from being read.
    """
    found: Counter[Handling] = Counter()
    validity, tidies = mailbox.validity, True
    for uid in mailbox.numbers_after(_last_read(mailbox, engine, validity))[:_AT_ONCE]:
        message = mailbox.read(uid)
        handled = None if message is None else _take_in(engine, keys, message, now)
        with transaction(engine) as connection:
            write_mark(connection, mailbox.name, InboxMark(validity, uid))
        if handled is None:
            continue
        found[handled.what] += not handled.again
        if tidies and handled.what.is_done:
            tidies = _put_away(mailbox, uid)
    return Poll(found)


def _take_in(engine: Engine, keys: Sequence[bytes], message: bytes, now: datetime) -> Handled:
    """Deal with a mail; what nothing can be made of is for a person to look at.

    Only what the mail itself is to blame for is answered so: while the database is away, it waits.
    """
    try:
        return take_in(engine, keys, message, now)
    except (DataError, ValueError) as error:  # never its words: they hold the mail's
        fault = type(error).__name__
        log.warning(say("a mail in the inbox cannot be put on record: {fault}", fault=fault))
        return Handled(Handling.NAMED)


def _put_away(mailbox: Mailbox, uid: int) -> bool:
    """Whether a mail could be moved out of the way; where none can be, they stay."""
    try:
        mailbox.put_away(uid)
    except OutsideError as error:
        why = error.sentence
        log.warning(say("what was dealt with stays in the inbox: {why}", why=why))
        return False
    return True


def _last_read(mailbox: Mailbox, engine: Engine, validity: int) -> int:
    """The last number that was read; none of them, when the server has numbered anew."""
    with reading(engine) as connection:
        mark = read_mark(connection, mailbox.name)
    return mark.uid if mark is not None and mark.validity == validity else 0
