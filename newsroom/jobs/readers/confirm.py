"""The link in a confirmation mail: looking at it changes nothing, pressing its button does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.database.turn import take_turn
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import standing, subscribers
from newsroom.readers.tokens import confirmation_digest, is_confirmation_code

_MOST_TRIES = 5  # wrong codes; of a million that could be guessed


class Link(StrEnum):
    """What a confirmation link can still do."""

    OPEN = "open"
    USED = "used"  # and the reader is on the list
    EXPIRED = "expired"
    WRONG = "wrong"  # it is open, but the code was not the one in the mail
    UNKNOWN = "unknown"  # never ours, replaced by a newer one, or the person is gone


@dataclass(frozen=True, slots=True)
class ConfirmLook:
    """A link, and the language its reader signed up in."""

    link: Link
    lang: str | None


def look(engine: Engine, token: str, now: datetime) -> ConfirmLook:
    """What a link can do; may be asked any number of times, by anybody's program."""
    with reading(engine) as connection:
        return _look(connection, token, now)[0]


def confirm(  # noqa: PLR0913, PLR0917 (the link, and what stands in the log)
    engine: Engine,
    keys: Sequence[bytes],
    token: str,
    page: str,
    now: datetime,
    code: str | None = None,
) -> ConfirmLook:
    """Press "Yes": an open link puts its reader on the list. Gives what the link was before.

    Where a `code` is asked for it must be that of the mail; after five wrong ones the link is
    closed.
    """
    with transaction(engine) as connection:
        take_turn(connection)
        before, person = _look(connection, token, now)
        if person is None or before.link != Link.OPEN:
            return before
        if code is not None and not is_confirmation_code(keys, token, code):
            return _wrong(connection, person)
        standing.confirm(connection, keys, person, page, now)
        return before


def decline(engine: Engine, token: str, page: str, now: datetime) -> ConfirmLook:
    """Press "It was not me": an open link is closed, and who only waited for it is erased."""
    with transaction(engine) as connection:
        take_turn(connection)
        before, person = _look(connection, token, now)
        if person is not None and before.link in {Link.OPEN, Link.EXPIRED}:
            standing.decline(connection, person, page, now)
        return before


def _wrong(connection: Connection, person: Subscriber) -> ConfirmLook:
    """Count a wrong code; the fifth closes the link."""
    if subscribers.count_wrong_code(connection, person.id) < _MOST_TRIES:
        return ConfirmLook(Link.WRONG, person.lang)
    return ConfirmLook(Link.EXPIRED, person.lang)


def _look(
    connection: Connection, token: str, now: datetime
) -> tuple[ConfirmLook, Subscriber | None]:
    found = subscribers.confirmation(connection, confirmation_digest(token))
    if found is None:
        return ConfirmLook(Link.UNKNOWN, None), None
    person = found.subscriber
    if person.state == SubscriberState.ACTIVE:
        return ConfirmLook(Link.USED, person.lang), person
    link = Link.OPEN if now < found.expires and found.tries < _MOST_TRIES else Link.EXPIRED
    return ConfirmLook(link, person.lang), person
