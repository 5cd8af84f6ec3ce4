"""How many mails a public form may cause: subscription bombs are made of confirmation mails."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select

from newsroom.database.tables import notice
from newsroom.readers.suppression import address_hash, address_hashes
from newsroom.readers.turn import take_turn

_HOURLY = 60  # for all addresses together
_HOUR, _DAY, _MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=30)


class Kind(StrEnum):
    """What the mail is for."""

    CONFIRM = "confirm"
    ALREADY = "already"  # signed up, but was on the list
    LINK = "link"  # asked for the link that ends the subscription
    DATA = "data"  # asked for the link to their own data
    COPY = "copy"  # asked for a copy of their own data
    FLOOD = "flood"  # no mail: that all addresses together had enough
    MEMO = "memo"  # to the coordinator, of whatever they are to know


class Answer(StrEnum):
    """Whether a mail may go."""

    YES = "yes"
    ENOUGH = "enough"  # this address has had what it may get
    FLOOD = "flood"  # all addresses together have: the forms rest for an hour
    ALARM = "alarm"  # the same, and nobody has been told of it for a day


_SELDOM = ((1, _DAY), (3, _MONTH))
_CAPS = {
    Kind.CONFIRM: _SELDOM,
    Kind.ALREADY: ((1, _MONTH),),
    Kind.LINK: _SELDOM,
    Kind.DATA: _SELDOM,
    Kind.COPY: _SELDOM,
}


def may_mail(
    connection: Connection, keys: Sequence[bytes], email: str, kind: Kind, now: datetime
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
    connection.execute(insert(notice).values(address_hash="", kind=Kind.FLOOD, at=now))
    return Answer.FLOOD if told else Answer.ALARM


def _floods(connection: Connection, since: datetime) -> bool:
    which = notice.c.kind == Kind.FLOOD, notice.c.at > since
    return connection.scalar(select(notice.c.id).where(*which).limit(1)) is not None


def give_back(
    connection: Connection, keys: Sequence[bytes], email: str, kind: Kind, now: datetime
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
    kind: Kind | None = None,
) -> int:
    statement = (
        select(func.count())
        .select_from(notice)
        .where(notice.c.at > since, notice.c.kind != Kind.FLOOD)
    )
    if hashes is not None:
        statement = statement.where(notice.c.address_hash.in_(hashes), notice.c.kind == kind)
    return connection.scalar(statement) or 0
