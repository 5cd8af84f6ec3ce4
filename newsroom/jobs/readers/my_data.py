"""A reader's own data: what somebody sees of it, changes, takes along, and ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, select

from newsroom.database import outbox, reading, transaction
from newsroom.database.outbox import MailOrder
from newsroom.database.tables import bounce, delivery, issue
from newsroom.database.turn import take_turn
from newsroom.jobs.readers.forget import forget
from newsroom.jobs.readers.front_desk import FrontDesk, may_mail
from newsroom.model import Site, Subscriber
from newsroom.model.delivery import DeliveryState
from newsroom.model.single_mail import Purpose
from newsroom.readers import consent, standing, subscribers
from newsroom.readers.consent import Act, Consent, Entry
from newsroom.readers.subscribers import clean_name
from newsroom.readers.tokens import read_data_token

LINK_WORKS = timedelta(hours=24)


class Door(StrEnum):
    """What a link to somebody's data still does."""

    OPEN = "open"
    EXPIRED = "expired"
    GONE = "gone"  # ours, but nothing is kept about anybody it could lead to
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    """An issue that was sent to somebody."""

    issue: str
    subject: str | None
    at: datetime  # aware


@dataclass(frozen=True, slots=True)
class MyData:
    """What somebody sees of what is kept about them."""

    person: Subscriber
    consents: tuple[Entry, ...]  # oldest first
    sent: tuple[Sent, ...]  # the latest first
    returned: int  # how many mails came back
    topics: tuple[str, ...]  # that they may choose among


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody says of themselves."""

    name: str | None
    lang: str
    tags: tuple[str, ...]


def look(desk: FrontDesk, token: str, now: datetime) -> tuple[Door, MyData | None]:
    """What a link shows; may be asked any number of times."""
    with reading(desk.engine) as connection:
        door, person = _open(connection, desk, token, now)
        return door, my_data(connection, desk.site, person) if person else None


def change(desk: FrontDesk, token: str, wishes: Wishes, page: str, now: datetime) -> Door:
    """Write down what somebody says of themselves. Raises AddressError for a name of two lines."""
    name = clean_name(wishes.name)
    with transaction(desk.engine) as connection:
        take_turn(connection)
        door, person = _open(connection, desk, token, now)
        if person is not None:
            known = {*_topics(desk.site, person)}
            tags = tuple(tag for tag in wishes.tags if tag in known)
            if (name, wishes.lang, tags) != (person.name, person.lang, person.tags):
                subscribers.set_wishes(connection, person.id, name, wishes.lang, tags)
                consent.record(connection, Consent(person.id, Act.CHANGED, now, "web", page))
        return door


def leave(desk: FrontDesk, token: str, page: str, now: datetime) -> Door:
    """End the subscription; the same however often it is asked."""
    with transaction(desk.engine) as connection:
        take_turn(connection)
        door, person = _open(connection, desk, token, now)
        if person is not None:
            standing.leave(connection, person, "web", page, now)
        return door


def erase(desk: FrontDesk, token: str, now: datetime) -> Door:
    """Erase everything about the link's holder but the keyed hash of their address.

    Raises OutsideError, when all else is erased, for a copy of a mail that cannot be.
    """
    with reading(desk.engine) as connection:
        door, person = _open(connection, desk, token, now)
    if person is not None:
        forget(desk.engine, desk.keys, person.email, now, desk.mail_folders, "web")
    return door


def send_copy(desk: FrontDesk, token: str, now: datetime) -> None:
    """Have the link's holder mailed a copy of everything, to the address that it is about alone."""
    with transaction(desk.engine) as connection:
        take_turn(connection)
        _, person = _open(connection, desk, token, now)
        if person is not None and may_mail(connection, desk, person.email, Purpose.COPY, now):
            outbox.put(connection, MailOrder(person.id, Purpose.COPY, person.lang), now)


def _open(
    connection: Connection, desk: FrontDesk, token: str, now: datetime
) -> tuple[Door, Subscriber | None]:
    shown = read_data_token(desk.trusted, token)
    if shown is None:
        return Door.UNKNOWN, None
    if now - shown.made >= LINK_WORKS:
        return Door.EXPIRED, None
    person = subscribers.by_number(connection, shown.subscriber_id)
    return (Door.OPEN, person) if person else (Door.GONE, None)


def my_data(connection: Connection, site: Site, person: Subscriber) -> MyData:
    """What somebody may see of what is kept about them."""
    sent = (
        select(delivery.c.issue, issue.c.subject, delivery.c.updated)
        .join(issue, issue.c.name == delivery.c.issue)
        .where(
            delivery.c.subscriber_id == person.id,
            delivery.c.state == DeliveryState.ACCEPTED,
        )
        .order_by(delivery.c.updated.desc(), delivery.c.issue)
    )
    returned = select(func.count()).where(bounce.c.email == person.email)
    return MyData(
        person=person,
        consents=consent.history(connection, person.id),
        sent=tuple(Sent(*row) for row in connection.execute(sent)),
        returned=connection.scalar(returned) or 0,
        topics=_topics(site, person),
    )


def _topics(site: Site, person: Subscriber) -> tuple[str, ...]:
    """The topics of the site and those that the person has, each once."""
    return tuple(dict.fromkeys((*(tag for tag, _ in site.tags), *person.tags)))
