"""Somebody asks for the newsletter: remember it, and mail the address a link that confirms it.

Whoever fills in the form sees the same page whatever happens here. So the work can be done after
the answer has gone out, and nobody learns from it who is on the list.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newsroom.database import outbox, transaction
from newsroom.database.outbox import MailOrder
from newsroom.database.turn import take_turn
from newsroom.jobs.readers.front_desk import FrontDesk, may_mail
from newsroom.jobs.readers.system_mail import open_link
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.single_mail import Purpose
from newsroom.readers import consent, subscribers, suppression, tokens
from newsroom.readers.consent import Act, Consent
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason


@dataclass(frozen=True, slots=True)
class SignUp:
    """What the form said."""

    email: str  # canonical
    lang: str
    wording: str  # the words of consent that the form showed
    page: str  # the form's address


def sign_up(desk: FrontDesk, asked: SignUp, now: datetime) -> None:
    """Take a sign-up, and have the address mailed unless it has had its share or complained.

    The mail is written down in the same commit; `hand_over_due` hands it over.
    """
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, asked.email)
        kind = _kind(person)
        if _may_have_mail(connection, desk, asked.email, kind, now):
            outbox.put(connection, _order(connection, desk, asked, person, now), now)


def _kind(person: Subscriber | None) -> Purpose:
    on_list = person is not None and person.state == SubscriberState.ACTIVE
    return Purpose.ALREADY if on_list else Purpose.CONFIRM


def _may_have_mail(
    connection: Connection, desk: FrontDesk, email: str, kind: Purpose, now: datetime
) -> bool:
    """Who complained gets none, not even to confirm; only an operator lifts that."""
    if suppression.why_suppressed(connection, desk.keys, email) == Reason.COMPLAINED:
        return False
    return may_mail(connection, desk, email, kind, now)


def _order(
    connection: Connection,
    desk: FrontDesk,
    asked: SignUp,
    person: Subscriber | None,
    now: datetime,
) -> MailOrder:
    """The mail that answers this sign-up. What it opens is written down first."""
    if person is not None and person.state == SubscriberState.ACTIVE:
        return MailOrder(person.id, Purpose.ALREADY, asked.lang)
    number = person.id if person else _add(connection, asked, now)
    subscribers.set_lang(connection, number, asked.lang)  # nothing goes out in it until confirmed
    wording = consent.keep_wording(connection, asked.wording)
    requested = Consent(number, Act.REQUESTED, now, "web", asked.page, wording)
    consent.record(connection, requested)
    order = MailOrder(number, Purpose.CONFIRM, asked.lang, tokens.new_seed())
    open_link(connection, desk, order, now)
    return order


def _add(connection: Connection, asked: SignUp, now: datetime) -> int:
    """Somebody new waits for their own confirmation.

    Who left or bounced keeps that state until then: a stranger's sign-up must not undo it.
    """
    waiting = NewSubscriber(asked.email, SubscriberState.PENDING, asked.lang)
    (number,) = subscribers.add(connection, [waiting], now)
    return number
