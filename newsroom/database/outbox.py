"""The mails that wait to be handed over: whom each is to and what it is for.

They are to readers, or memos to the coordinator. Of those to readers neither words nor addresses
nor tokens are kept. Each try makes the mail anew, and what a confirmation's link ends in is made of
the row's seed and the newsroom's secret: the same at each try, so that a mail that arrived twice
works twice, and nothing that a copy of the database gives. Whom a memo is to is looked up at each
try, too.

A row is claimed, in a commit of its own, before the mail is handed over. A claim that nobody
reports on is in doubt: the mail may be with its reader or not. It is sent again after `LEASE`,
since a second mail with the same link does no harm and none at all keeps somebody waiting; but
after `_MOST_DOUBTS` tries of that sort no more, so that nobody's mailbox is filled.

A database that was brought back from a backup has mails that may have left long ago. Until a person
has said to go on with it, only what was asked for since then is due.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from newsroom.database.lease import Lease
from newsroom.database.restorations import unconfirmed
from newsroom.database.tables import outbox
from newsroom.database.turn import take_turn
from newsroom.model.memo import Memo
from newsroom.model.single_mail import Purpose

KEPT = timedelta(days=1)  # then it is given up: by now its reader may ask again
KEPT_MEMO = timedelta(days=14)  # nobody asks for a memo again, and bad news does not go off
LEASE = Lease(timedelta(minutes=15))  # longer than any handing over lasts
_PUT_OFF = Lease(timedelta(hours=6))  # no mail waits longer for its next try
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))  # and so on
_MOST_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class MailOrder:
    """A mail that is to go out."""

    subscriber_id: int | None  # None: to the coordinator
    kind: Purpose
    lang: str
    seed: str | None = None  # of the token in a confirmation's link
    memo: Memo | None = None  # what the coordinator is told

    @property
    def kept(self) -> timedelta:
        """How long it may wait."""
        return KEPT if self.memo is None else KEPT_MEMO


@dataclass(frozen=True, slots=True)
class MailClaim:
    """A mail in somebody's hands."""

    id: int
    order: MailOrder
    asked: datetime  # aware
    attempt: int  # this one included; who claims the mail later has another number
    doubts: int  # earlier tries that may have been taken

    def is_over(self, now: datetime) -> bool:
        """Whether it is time to give the mail up."""
        return now - self.asked >= self.order.kept or self.doubts >= _MOST_DOUBTS


@dataclass(frozen=True, slots=True)
class PutOff:
    """Why a mail was not taken, or may not have been."""

    code: str | None  # the reply and its enhanced status
    reason: str | None
    wait: timedelta | None = None  # for how long, where we were told
    in_doubt: bool = False  # it may have been taken
    refused: bool = False  # it is taken when its address is another, and not before


@dataclass(frozen=True, slots=True)
class MailBacklog:
    """Mails for one purpose that wait for one reason."""

    kind: Purpose
    number: int
    since: datetime  # when the oldest was asked for
    next_at: datetime  # when the next of them is tried
    code: str | None
    reason: str | None  # no code and no reason: not tried yet, in hand, or nobody knows
    refused: bool = False  # they wait for a better address


def put(connection: Connection, order: MailOrder, now: datetime) -> None:
    """Have a mail sent as soon as somebody looks; it takes the place of an earlier one like it."""
    if order.subscriber_id is not None:
        alike = and_(
            outbox.c.subscriber_id == order.subscriber_id, outbox.c.kind == str(order.kind)
        )
        connection.execute(delete(outbox).where(alike))
    row = {
        "subscriber_id": order.subscriber_id,
        "kind": order.kind,
        "lang": order.lang,
        "seed": order.seed,
        "memo": order.memo and asdict(order.memo),
        "asked": now,
        "attempts": 0,
        "doubts": 0,
        "next_at": now,
    }
    connection.execute(insert(outbox).values(row))


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a mail may be claimed. Asking stops nobody who writes."""
    due = select(outbox.c.id).where(_may_go(connection, now)).limit(1)
    return connection.scalar(due) is not None


def claim(connection: Connection, now: datetime) -> MailClaim | None:
    """The mail that has been due for longest, for the caller alone; None when none is due.

    Until its outcome is written it counts as one that may have been taken.
    """
    take_turn(connection)
    due = select(outbox).where(_may_go(connection, now))
    due = due.order_by(outbox.c.next_at, outbox.c.id)
    row = connection.execute(due.limit(1)).first()
    if row is None:
        return None
    connection.execute(
        update(outbox)
        .where(outbox.c.id == row.id)
        .values(attempts=row.attempts + 1, doubts=row.doubts + 1, next_at=LEASE.until(now))
    )
    memo = Memo(**row.memo) if row.memo else None
    order = MailOrder(row.subscriber_id, Purpose(row.kind), row.lang, row.seed, memo)
    return MailClaim(row.id, order, row.asked, row.attempts + 1, row.doubts)


def is_held(connection: Connection, held: MailClaim) -> bool:
    """Whether a mail is still in the hands that claimed it: not taken over, replaced or erased."""
    return connection.scalar(select(outbox.c.id).where(_is_ours(held))) is not None


def end(connection: Connection, held: MailClaim) -> None:
    """Erase a mail that was accepted, refused by its reader's server, given up, or not wanted."""
    connection.execute(delete(outbox).where(_is_ours(held)))


def put_off(connection: Connection, held: MailClaim, why: PutOff, now: datetime) -> bool:
    """Try a mail again later; False when there is no time for that, and somebody should end it."""
    wait = max(_WAITS[min(held.attempt, len(_WAITS)) - 1], why.wait or timedelta(0))
    then = min(now + wait, _PUT_OFF.until(now))
    doubts = held.doubts + why.in_doubt
    if then - held.asked >= held.order.kept or doubts >= _MOST_DOUBTS:
        return False
    says = None if "@" in (why.reason or "") else why.reason  # servers repeat addresses
    connection.execute(
        update(outbox)
        .where(_is_ours(held))
        .values(next_at=then, doubts=doubts, code=why.code, reason=says, refused=why.refused)
    )
    return True


def forget_old(connection: Connection, now: datetime) -> None:
    """Drop what nobody came to give up."""
    old = and_(outbox.c.memo.is_(None), outbox.c.asked <= now - KEPT)
    connection.execute(delete(outbox).where(or_(old, outbox.c.asked <= now - KEPT_MEMO)))


def withdraw_memo(connection: Connection, kind: str, occasion: str) -> bool:
    """Take back a memo that certainly nobody has had; false when it may have left."""
    take_turn(connection)
    waiting = select(outbox.c.id, outbox.c.memo).where(outbox.c.memo.is_not(None))
    for row in connection.execute(waiting.where(outbox.c.doubts == 0)).all():
        if (row.memo["kind"], row.memo["occasion"]) == (kind, occasion):
            connection.execute(delete(outbox).where(outbox.c.id == row.id))
            return True
    return False


def backlog(connection: Connection) -> tuple[MailBacklog, ...]:
    """What waits, by purpose and reason; the oldest first."""
    alike: defaultdict[tuple[str, str | None, str | None, bool], list[tuple[datetime, datetime]]]
    alike = defaultdict(list)
    columns = outbox.c.kind, outbox.c.code, outbox.c.reason, outbox.c.refused
    for *same, asked, next_at in connection.execute(
        select(*columns, outbox.c.asked, outbox.c.next_at)
    ):
        kind, code, reason, refused = same
        alike[kind, code, reason, refused].append((asked, next_at))
    found = (
        MailBacklog(
            kind=Purpose(kind),
            number=len(times),
            since=min(asked for asked, _ in times),
            next_at=min(next_at for _, next_at in times),
            code=code,
            reason=reason,
            refused=refused,
        )
        for (kind, code, reason, refused), times in alike.items()
    )
    return tuple(sorted(found, key=lambda one: (one.since, one.kind, one.code or "")))


def _may_go(connection: Connection, now: datetime) -> ColumnElement[bool]:
    due, restored = _PUT_OFF.is_free(outbox.c.next_at, now), unconfirmed(connection)
    return due if restored is None else and_(due, outbox.c.asked >= restored.restored)


def _is_ours(held: MailClaim) -> ColumnElement[bool]:
    return and_(outbox.c.id == held.id, outbox.c.attempts == held.attempt)
