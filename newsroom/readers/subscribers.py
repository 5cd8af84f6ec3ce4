"""The list itself: who is on it, and where each one stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from newsroom.database.tables import subscriber
from newsroom.errors import AddressError
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say

_FACTS = (
    subscriber.c.id,
    subscriber.c.email,
    subscriber.c.name,
    subscriber.c.state,
    subscriber.c.lang,
    subscriber.c.tags,
    subscriber.c.since,
)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewSubscriber:
    """Somebody who is about to be on the list."""

    email: str  # canonical
    state: SubscriberState
    lang: str
    name: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An open or used confirmation link, and whose it is."""

    subscriber: Subscriber
    expires: datetime  # aware
    tries: int  # wrong codes so far


def clean_name(text: str | None) -> str | None:
    """A name that fits on one line, None when there is none.

    Raises AddressError for a line break or control character: it could forge a header (RFC 5322).
    """
    name = (text or "").strip()
    if any(ord(character) < ord(" ") or character in "\x7f\x85\u2028\u2029" for character in name):
        raise AddressError(
            say("the name holds a line break or a control character; write it on one line")
        )
    return name[:_LONGEST_NAME] or None


def add(connection: Connection, people: Sequence[NewSubscriber], now: datetime) -> tuple[int, ...]:
    """Put people on the list and give their numbers, in the same order."""
    if not people:
        return ()
    rows = [
        {
            "email": person.email,
            "name": person.name,
            "state": person.state,
            "lang": person.lang,
            "tags": list(person.tags),
            "since": now,
        }
        for person in people
    ]
    statement = insert(subscriber).returning(subscriber.c.id, sort_by_parameter_order=True)
    return tuple(connection.scalars(statement, rows))


def find(connection: Connection, email: str) -> Subscriber | None:
    """The subscriber with this canonical address."""
    row = connection.execute(_facts().where(subscriber.c.email == email)).first()
    return _subscriber(row) if row else None


def by_number(connection: Connection, subscriber_id: int) -> Subscriber | None:
    """The subscriber with this number, None when the person was erased."""
    row = connection.execute(_facts().where(subscriber.c.id == subscriber_id)).first()
    return _subscriber(row) if row else None


def known(connection: Connection, emails: Iterable[str]) -> dict[str, Subscriber]:
    """Those of the addresses (a few hundred at most) that are on the list."""
    rows = connection.execute(_facts().where(subscriber.c.email.in_(list(emails))))
    return {row.email: _subscriber(row) for row in rows}


def everyone(
    connection: Connection,
    *,
    state: SubscriberState | None = None,
    lang: str | None = None,
    tag: str | None = None,
) -> Iterator[Subscriber]:
    """The list by address, all of it or only those with a state, language or tag."""
    statement = _facts().order_by(subscriber.c.email)
    if state is not None:
        statement = statement.where(subscriber.c.state == state)
    if lang is not None:
        statement = statement.where(subscriber.c.lang == lang)
    people = map(_subscriber, connection.execute(statement))
    return (person for person in people if tag is None or tag in person.tags)


def counts(connection: Connection) -> dict[SubscriberState, int]:
    """How many stand in each state; every state is named."""
    rows = connection.execute(
        select(subscriber.c.state, func.count().label("many")).group_by(subscriber.c.state)
    )
    found = {row.state: int(row.many) for row in rows}
    return {state: found.get(state, 0) for state in SubscriberState}


def set_state(
    connection: Connection, subscriber_id: int, state: SubscriberState, now: datetime
) -> None:
    """Move somebody to another state. Leaving a list closes its confirmation link for good."""
    values = {"state": state, "since": now}
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(values))
    if state in {SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED}:
        close_confirmation(connection, subscriber_id)


def set_lang(connection: Connection, subscriber_id: int, lang: str) -> None:
    """Write to somebody in another language from now on."""
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(lang=lang))


def open_confirmation(
    connection: Connection, subscriber_id: int, digest: str, expires: datetime
) -> None:
    """Let the link with this digest confirm the sign-up; an earlier link no longer does."""
    connection.execute(
        update(subscriber)
        .where(subscriber.c.id == subscriber_id)
        .values(confirm_digest=digest, confirm_expires=expires, confirm_tries=0)
    )


def awaits_confirmation(connection: Connection, subscriber_id: int) -> bool:
    """Whether a link stands open that confirms a sign-up, or has run out without being used."""
    digest = select(subscriber.c.confirm_digest).where(subscriber.c.id == subscriber_id)
    return connection.scalar(digest) is not None


def close_confirmation(connection: Connection, subscriber_id: int) -> None:
    """Let no link confirm anything for this subscriber any more."""
    connection.execute(
        update(subscriber)
        .where(subscriber.c.id == subscriber_id)
        .values(confirm_digest=None, confirm_expires=None)
    )


def count_wrong_code(connection: Connection, subscriber_id: int) -> int:
    """Count a wrong code for an open confirmation link, and give how many there were."""
    counted = (
        update(subscriber)
        .where(subscriber.c.id == subscriber_id)
        .values(confirm_tries=subscriber.c.confirm_tries + 1)
        .returning(subscriber.c.confirm_tries)
    )
    return int(connection.execute(counted).scalar_one())


def set_wishes(
    connection: Connection, subscriber_id: int, name: str | None, lang: str, tags: Sequence[str]
) -> None:
    """Write down what somebody says of themselves: their name, language and topics."""
    connection.execute(
        update(subscriber)
        .where(subscriber.c.id == subscriber_id)
        .values(name=name, lang=lang, tags=list(tags))
    )


def remove(connection: Connection, subscriber_id: int) -> None:
    """Take somebody off the list without a trace in it."""
    connection.execute(delete(subscriber).where(subscriber.c.id == subscriber_id))


def confirmation(connection: Connection, digest: str) -> Confirmation | None:
    """Whose confirmation link this is, expired and used ones included."""
    statement = select(*_FACTS, subscriber.c.confirm_expires, subscriber.c.confirm_tries)
    row = connection.execute(statement.where(subscriber.c.confirm_digest == digest)).first()
    return Confirmation(_subscriber(row), row.confirm_expires, row.confirm_tries) if row else None


def _facts() -> Select[Any]:
    return select(*_FACTS)


def _subscriber(row: Any) -> Subscriber:  # noqa: ANN401 (a row of any statement with the facts)
    return Subscriber(
        id=row.id,
        email=row.email,
        name=row.name,
        state=SubscriberState(row.state),
        lang=row.lang,
        tags=tuple(row.tags),
        since=row.since,
    )
