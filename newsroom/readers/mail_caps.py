"""Caps on the mails that a public form may cause, so that nobody can use it to flood a mailbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select

from newsroom.database.tables import notice
from newsroom.database.turn import take_turn
from newsroom.model.single_mail import Purpose
from newsroom.readers.suppression import address_hash, address_hashes

_HOURLY = 60  # for all addresses together
_HOUR, _DAY, _MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=30)


class Answer(StrEnum):
    """Whether a mail may go."""

    YES = "yes"
    ENOUGH = "enough"  # this address has had what it may get
    FLOOD = "flood"  # all addresses together have: the forms rest for an hour
    ALARM = "alarm"  # the same, and nobody has been told of it for a day


_FLOOD = "flood"  # in place of a purpose: that all addresses together had enough
_SELDOM = ((1, _DAY), (3, _MONTH))
_CAPS = {
    Purpose.CONFIRM: _SELDOM,
    Purpose.ALREADY: ((1, _MONTH),),
    Purpose.LINK: _SELDOM,
    Purpose.DATA: _SELDOM,
    Purpose.COPY: _SELDOM,
}


def may_mail(
    connection: Connection, keys: Sequence[bytes], email: str, kind: Purpose, now: datetime
) -> Answer:
    """Whether one more mail of this kind may go to the address; a yes is counted at once."""
    take_turn(connection)
    if _floods(connection, now - _HOUR):
        return Answer.FLOOD
    if _sent(connection, now - _HOUR) >= _HOURLY:
        return _rest(connection, now)
    hashes = address_hashes(keys, email)
    for most, span in _CAPS[kind]:
        if _sent(connection, now - span, hashes, kind) >= most:
            return Answer.ENOUGH
    row = {"address_hash": address_hash(keys[0], email), "kind": kind, "at": now}
    connection.execute(insert(notice).values(row))
    return Answer.YES


def _rest(connection: Connection, now: datetime) -> Answer:
    """Let the forms cause no mail for an hour. It is an alarm once a day."""
    told = _floods(connection, now - _DAY)
    connection.execute(insert(notice).values(address_hash="", kind=_FLOOD, at=now))
    return Answer.FLOOD if told else Answer.ALARM


def _floods(connection: Connection, since: datetime) -> bool:
    which = notice.c.kind == _FLOOD, notice.c.at > since
    return connection.scalar(select(notice.c.id).where(*which).limit(1)) is not None


def give_back(
    connection: Connection, keys: Sequence[bytes], email: str, kind: Purpose, now: datetime
) -> None:
    """Take back the yes that was given at `now`: the mail did not go out."""
    connection.execute(
        delete(notice).where(
            notice.c.address_hash == address_hash(keys[0], email),
            notice.c.kind == kind,
            notice.c.at == now,
        )
    )


def drop(connection: Connection, keys: Sequence[bytes], email: str) -> None:
    """Drop what is kept of the mails to one address."""
    hashes = address_hashes(keys, email)
    connection.execute(delete(notice).where(notice.c.address_hash.in_(hashes)))


def forget_old(connection: Connection, now: datetime) -> None:
    """Drop what no cap looks at any more."""
    connection.execute(delete(notice).where(notice.c.at <= now - _MONTH))


def _sent(
    connection: Connection,
    since: datetime,
    hashes: Sequence[str] | None = None,
    kind: Purpose | None = None,
) -> int:
    statement = (
        select(func.count()).select_from(notice).where(notice.c.at > since, notice.c.kind != _FLOOD)
    )
    if hashes is not None:
        statement = statement.where(notice.c.address_hash.in_(hashes), notice.c.kind == kind)
    return connection.scalar(statement) or 0
