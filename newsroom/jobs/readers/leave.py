"""The link in every issue: looking at it changes nothing, pressing its button ends the mails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import standing, subscribers
from newsroom.readers.tokens import read_leave_token
from newsroom.readers.turn import take_turn


class Seat(StrEnum):
    """Where the holder of a link stands."""

    TAKEN = "taken"  # on the list, or about to be
    LEFT = "left"
    GONE = "gone"  # erased, or suppressed: there is nothing to come back to
    UNKNOWN = "unknown"  # the link is not ours


@dataclass(frozen=True, slots=True)
class Look:
    """What a link leads to."""

    seat: Seat
    lang: str | None = None
    undo: bool = False  # one button would bring the reader back


def look(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> Look:
    """Where the holder of a link stands; may be asked any number of times, by any program."""
    number = read_leave_token(keys, token)
    if number is None:
        return Look(Seat.UNKNOWN)
    with reading(engine) as connection:
        return _seat(subscribers.by_number(connection, number), now)


def leave(engine: Engine, keys: Sequence[bytes], token: str, method: str, now: datetime) -> Look:
    """End the subscription; the same however often it is asked. Gives where the holder then stands.

    `method` is how: web, one-click or mail.
    """
    return _with_holder(
        engine,
        keys,
        token,
        now,
        lambda connection, person: standing.leave(connection, person, method, "link", now),
    )


def undo(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> Look:
    """Take back a leaving of the last 24 hours. Gives where the holder then stands."""
    return _with_holder(
        engine,
        keys,
        token,
        now,
        lambda connection, person: standing.come_back(connection, person, "link", now),
    )


def _with_holder(
    engine: Engine,
    keys: Sequence[bytes],
    token: str,
    now: datetime,
    act: Callable[[Connection, Subscriber], object],
) -> Look:
    """Do something with the link's holder, if there is one, and look afterwards."""
    number = read_leave_token(keys, token)
    if number is None:
        return Look(Seat.UNKNOWN)
    with transaction(engine) as connection:
        take_turn(connection)
        person = subscribers.by_number(connection, number)
        if person is not None:
            act(connection, person)
        return _seat(subscribers.by_number(connection, number), now)


def _seat(person: Subscriber | None, now: datetime) -> Look:
    if person is None:
        return Look(Seat.GONE)
    match person.state:
        case SubscriberState.UNSUBSCRIBED:
            return Look(Seat.LEFT, person.lang, standing.may_undo(person, now))
        case SubscriberState.SUPPRESSED:
            return Look(Seat.GONE, person.lang)
        case _:
            return Look(Seat.TAKEN, person.lang)
