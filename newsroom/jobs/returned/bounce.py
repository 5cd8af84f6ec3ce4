"""A mail that came back: it is read, known again by what we sent, and put on record once."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine

from newsroom.bounces.classify import MailKind, Returned, Verdict, judge
from newsroom.bounces.diagnostic import diagnostic
from newsroom.bounces.opened import Opened, open_message
from newsroom.bounces.traces import traces
from newsroom.database import transaction
from newsroom.database.incoming import Incoming, keep, known_kind
from newsroom.database.turn import take_turn
from newsroom.jobs.readers.leave import Holder, leave
from newsroom.jobs.returned.consequence import CameBack, follow
from newsroom.jobs.returned.trace import Copy, find_copy

_LEAVES = re.compile(r"^\W*unsubscribe\s+([A-Za-z0-9_-]{30})\b")


class Handling(StrEnum):
    """What became of a mail in the inbox."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    LEFT = "left"
    NAMED = "named"  # a bounce that only names somebody: a person has to look
    NOT_OURS = "not ours"

    @property
    def is_done(self) -> bool:
        """Whether nobody needs to see the mail any more; the rest stays where people look."""
        return self in {Handling.BOUNCED, Handling.COMPLAINED, Handling.LEFT}


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one mail, and whether that was so before."""

    what: Handling
    again: bool = False


def take_in(engine: Engine, keys: Sequence[bytes], message: bytes, now: datetime) -> Handled:
    """Deal with one mail of the inbox; the same mail a second time changes nothing."""
    mail = open_message(message)
    digest = hashlib.sha256(message).hexdigest()
    leaving = _LEAVES.search(mail.head.first("subject"))
    if leaving:
        return _leave(engine, keys, leaving[1], now)
    verdict = judge(mail)
    if verdict.kind not in {MailKind.BOUNCE, MailKind.COMPLAINT}:
        return Handled(Handling.NOT_OURS)
    with transaction(engine) as connection:
        take_turn(connection)
        known = known_kind(connection, digest)
        if known is not None:
            kind, known_by = known
            return Handled(_handling(kind, known_by), again=True)
        copy = find_copy(connection, keys, traces(mail))
        keep(connection, _for_the_record(digest, message, verdict, copy), now)
        if copy is not None:
            told = _told_of(copy, mail, verdict)
            follow(connection, keys, CameBack(digest, copy, verdict.kind, told), now)
        return Handled(_handling(verdict.kind, copy.known_by if copy else None))


def _for_the_record(digest: str, message: bytes, verdict: Verdict, copy: Copy | None) -> Incoming:
    """A mail as it is kept: of somebody who was erased since, nothing of its words."""
    if copy is None:
        named = next((one.email for one in verdict.recipients if one.email), None)
        return Incoming(digest, verdict.kind, message, email=named)
    raw = None if copy.is_erased else message
    return Incoming(digest, verdict.kind, raw, copy.known_by, copy.email)


def _handling(kind: str, known_by: str | None) -> Handling:
    if known_by is None:
        return Handling.NAMED
    return Handling.COMPLAINED if kind == MailKind.COMPLAINT else Handling.BOUNCED


def _leave(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> Handled:
    """The other way out of the newsletter (RFC 8058 section 1, RFC 2369 section 3.2)."""
    holder = leave(engine, keys, token, "mail", now).holder
    return Handled(Handling.NOT_OURS if holder is Holder.UNKNOWN else Handling.LEFT)


def _told_of(copy: Copy, mail: Opened, verdict: Verdict) -> Returned:
    """What the mail says of this reader; where it names only others, what it comes to."""
    for one in verdict.recipients:
        if (one.email or "").lower() == copy.email.lower() or len(verdict.recipients) == 1:
            return one
    return Returned(copy.email, verdict.cause, diagnostic=diagnostic(mail.words))
