"""Leaving: by the link in every issue, at which looking changes nothing, or by telling the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.turn import take_turn
from newsroom.errors import StateError
from newsroom.jobs.readers.standing_words import STANDS
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.readers import standing, subscribers
from newsroom.readers.tokens import read_leave_token


class Holder(StrEnum):
    """Where the holder of a link stands."""

    LISTED = "listed"  # or about to be
    LEFT = "left"
    GONE = "gone"  # erased, or suppressed: there is nothing to come back to
    UNKNOWN = "unknown"  # the link is not ours


@dataclass(frozen=True, slots=True)
class LeaveLook:
    """What a link leads to."""

    holder: Holder
    lang: str | None = None
    undo: bool = False  # one button would bring the reader back


def look(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> LeaveLook:
    """Where the holder of a link stands; may be asked any number of times, by any program."""
    number = read_leave_token(keys, token)
    if number is None:
        return LeaveLook(Holder.UNKNOWN)
    with reading(engine) as connection:
        return _holder(subscribers.by_number(connection, number), now)


def leave(
    engine: Engine, keys: Sequence[bytes], token: str, method: str, now: datetime
) -> LeaveLook:
    """End the subscription; the same however often it is asked. Gives where the holder then stands.

    `method` is how: web, one-click or mail.
    """
    number = read_leave_token(keys, token)
    if number is None:
        return LeaveLook(Holder.UNKNOWN)
    with transaction(engine) as connection:
        take_turn(connection)
        person = subscribers.by_number(connection, number)
        if person is not None:
            standing.leave(connection, person, method, "link", now)
        return _holder(subscribers.by_number(connection, number), now)


def undo(engine: Engine, keys: Sequence[bytes], token: str, now: datetime) -> LeaveLook:
    """Take back a leaving of the last 24 hours. Gives where the holder then stands."""
    number = read_leave_token(keys, token)
    if number is None:
        return LeaveLook(Holder.UNKNOWN)
    with transaction(engine) as connection:
        take_turn(connection)
        person = subscribers.by_number(connection, number)
        if person is not None:
            standing.come_back(connection, person, "link", now)
        return _holder(subscribers.by_number(connection, number), now)


def leave_at_desk(engine: Engine, email: str, said: str, now: datetime) -> None:
    """End the subscription of somebody who told the coordinator; `said` is how, for the log.

    Raises StateError for whoever has none to end.
    """
    with transaction(engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, email)
        if person is None:
            raise StateError(say("{email}: is not on the list", email=email))
        has_left = standing.has_left(connection, person)
        state = SubscriberState.UNSUBSCRIBED if has_left else person.state
        if state in {SubscriberState.UNSUBSCRIBED, SubscriberState.PENDING}:
            told = say("{email}: {standing}, and gets nothing", email=email, standing=STANDS[state])
            raise StateError(told)
        standing.leave(connection, person, "command", said, now)


def _holder(person: Subscriber | None, now: datetime) -> LeaveLook:
    if person is None:
        return LeaveLook(Holder.GONE)
    match person.state:
        case SubscriberState.UNSUBSCRIBED:
            return LeaveLook(Holder.LEFT, person.lang, standing.may_undo(person, now))
        case SubscriberState.SUPPRESSED:
            return LeaveLook(Holder.GONE, person.lang)
        case _:
            return LeaveLook(Holder.LISTED, person.lang)
