"""A mail that came back: what it says is put on record once, and what follows from it is done.

Only an address that does not exist and a complaint end a subscription at once, and a mailbox that
was full in three issues running. What the receiver holds against us is never the reader's fault;
while the issue is still being sent it stops the sending, when it happens to several.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, distinct, func, insert, select

from newsroom.bounces.classify import MailKind, Returned, Verdict, judge
from newsroom.bounces.opened import Opened, open_message
from newsroom.bounces.traces import traces
from newsroom.database import transaction
from newsroom.database.incoming import Incoming, keep, known_kind
from newsroom.database.tables import bounce
from newsroom.delivery.course import pause
from newsroom.jobs.leave import Seat, leave
from newsroom.jobs.trace import Copy, find_copy
from newsroom.model.delivery import BounceSeverity
from newsroom.readers.standing import keep_out
from newsroom.readers.suppression import Reason
from newsroom.readers.turn import take_turn

_SOFT_ISSUES = 3  # twice a year each: a mailbox that nobody has emptied for long
_POLICY_STRIKES = 3  # readers of one issue whose hosts held something against us
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
        """Whether nobody needs to see the mail any more."""
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
            _record(connection, keys, _Return(digest, copy, verdict, told), now)
        return Handled(_handling(verdict.kind, copy.known_by if copy else None))


def _for_the_record(digest: str, message: bytes, verdict: Verdict, copy: Copy | None) -> Incoming:
    """A mail as it is kept: of somebody who was erased since, nothing of its words."""
    if copy is None:
        named = next((one.email for one in verdict.recipients if one.email), None)
        return Incoming(digest, verdict.kind, message, email=named)
    raw = None if _is_erased(copy) else message
    return Incoming(digest, verdict.kind, raw, copy.known_by, copy.email)


def _is_erased(copy: Copy) -> bool:
    """Whether the ledger knows the reader only under a name that is nobody's."""
    return copy.email.endswith("@invalid")


def _handling(kind: str, known_by: str | None) -> Handling:
    if known_by is None:
        return Handling.NAMED
    return Handling.COMPLAINED if kind == MailKind.COMPLAINT else Handling.BOUNCED


def _leave(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> Handled:
    """The other way out of the newsletter (RFC 8058 section 1, RFC 2369 section 3.2)."""
    seat = leave(engine, keys, token, "mail", now).seat
    return Handled(Handling.NOT_OURS if seat is Seat.UNKNOWN else Handling.LEFT)


@dataclass(frozen=True, slots=True)
class _Return:
    """A copy that came back, and what was said of it."""

    digest: str
    copy: Copy
    verdict: Verdict
    told: Returned


def _told_of(copy: Copy, mail: Opened, verdict: Verdict) -> Returned:
    """What the mail says of this reader; of several others, the mildest of it."""
    for one in verdict.recipients:
        if (one.email or "").lower() == copy.email.lower() or len(verdict.recipients) == 1:
            return one
    words = " ".join(mail.words.split())[:500]
    return Returned(copy.email, verdict.severity, diagnostic=words or None)


def _record(connection: Connection, keys: Sequence[bytes], came: _Return, now: datetime) -> None:
    copy, told = came.copy, came.told
    connection.execute(
        insert(bounce).values(
            digest=came.digest,
            kind=came.verdict.kind,
            issue=copy.issue,
            email=copy.email,
            severity=told.severity,
            status=told.status,
            diagnostic=None if _is_erased(copy) else told.diagnostic,
            suppressed=False,
            at=now,
        )
    )
    reason = _why_out(connection, came)
    if reason is not None:
        keep_out(connection, keys, copy.email, reason, now)
        connection.execute(
            bounce.update().where(bounce.c.digest == came.digest).values(suppressed=True)
        )
    elif told.severity is BounceSeverity.POLICY:
        _stop_if_many(connection, copy.issue, now)


def _why_out(connection: Connection, came: _Return) -> Reason | None:
    """Why the reader gets no more mail, or None."""
    if _is_erased(came.copy):
        return None  # they are kept out already
    if came.verdict.kind is MailKind.COMPLAINT:
        return Reason.COMPLAINED
    if came.told.severity is BounceSeverity.HARD:
        return Reason.BOUNCED
    if came.told.severity is not BounceSeverity.SOFT:
        return None
    issues = connection.scalar(
        select(func.count(distinct(bounce.c.issue))).where(
            bounce.c.email == came.copy.email,
            bounce.c.severity == BounceSeverity.SOFT,
            bounce.c.undone.is_(None),
        )
    )
    return Reason.BOUNCED if (issues or 0) >= _SOFT_ISSUES else None


def _stop_if_many(connection: Connection, issue: str, now: datetime) -> None:
    readers = connection.scalar(
        select(func.count(distinct(bounce.c.email))).where(
            bounce.c.issue == issue, bounce.c.severity == BounceSeverity.POLICY
        )
    )
    if (readers or 0) >= _POLICY_STRIKES:
        pause(connection, issue, f"{readers} messages came back, refused for policy", now)
