"""Somebody asks for the newsletter: remember it, and mail the address a link that confirms it.

Whoever fills in the form sees the same page whatever happens here. So the work can be done after
the answer has gone out, and nobody learns from it who is on the list.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from newsroom.database import transaction
from newsroom.jobs.readers.front_desk import FrontDesk, leave_url, may_mail, post, refuse
from newsroom.model import Addresses, ConfirmBy, Subscriber, SubscriberState
from newsroom.readers import consent, subscribers, suppression, tokens
from newsroom.readers.consent import Act, Consent
from newsroom.readers.notices import Answer, Kind
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason
from newsroom.readers.turn import take_turn
from newsroom.render.mail.confirmation import Note, already_note, code_note, confirmation_note
from newsroom.render.words import Words

LINK_WORKS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SignUp:
    """What the form said."""

    email: str  # canonical
    lang: str
    wording: str  # the words of consent that the form showed
    page: str  # the form's address


def sign_up(desk: FrontDesk, asked: SignUp, now: datetime) -> None:
    """Take a sign-up and mail the address, unless it has had its share of mails or complained.

    Raises OutsideError when the mail could not be sent; a new try is then not counted as a second.
    """
    note = None
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, asked.email)
        kind = _kind(person)
        answer = _may_have_mail(connection, desk, asked.email, kind, now)
        if answer is Answer.YES:
            note = _note(connection, desk, asked, person, now)
    if note is None:
        refuse(desk, answer, now)
    else:
        post(desk, note, asked.email, kind, now)


def _kind(person: Subscriber | None) -> Kind:
    on_list = person is not None and person.state == SubscriberState.ACTIVE
    return Kind.ALREADY if on_list else Kind.CONFIRM


def _may_have_mail(
    connection: Connection, desk: FrontDesk, email: str, kind: Kind, now: datetime
) -> Answer:
    """Who complained gets none, not even to confirm; only an operator lifts that."""
    if suppression.why_suppressed(connection, desk.keys, email) == Reason.COMPLAINED:
        return Answer.ENOUGH
    return may_mail(connection, desk, email, kind, now)


def _note(
    connection: Connection,
    desk: FrontDesk,
    asked: SignUp,
    person: Subscriber | None,
    now: datetime,
) -> Note:
    """The mail that answers this sign-up. What it opens is written down first."""
    words = Words(asked.lang)
    if person is not None and person.state == SubscriberState.ACTIVE:
        return already_note(desk.site, words, leave_url(desk, person.id))
    number = person.id if person else _add(connection, asked, now)
    subscribers.set_lang(connection, number, asked.lang)  # nothing goes out in it until confirmed
    token, digest = tokens.new_confirmation()
    subscribers.open_confirmation(connection, number, digest, now + LINK_WORKS)
    wording = consent.keep_wording(connection, asked.wording)
    requested = Consent(number, Act.REQUESTED, now, "web", asked.page, wording)
    consent.record(connection, requested)
    addresses = Addresses(desk.site)
    url = addresses.url(addresses.confirm(token))
    if desk.site.confirm is ConfirmBy.CODE:
        code = tokens.confirmation_code(desk.keys[0], token)
        return code_note(desk.site, words, url, code)
    return confirmation_note(desk.site, words, url)


def _add(connection: Connection, asked: SignUp, now: datetime) -> int:
    """Somebody new waits for their own confirmation.

    Who left or bounced keeps that state until then: a stranger's sign-up must not undo it.
    """
    waiting = NewSubscriber(asked.email, SubscriberState.PENDING, asked.lang)
    (number,) = subscribers.add(connection, [waiting], now)
    return number
