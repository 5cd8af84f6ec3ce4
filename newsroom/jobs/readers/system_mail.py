"""The mails that the public forms cause, made up at each try from what is true by then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import Connection

from newsroom.database.outbox import MailOrder
from newsroom.jobs.readers.front_desk import FrontDesk, leave_url
from newsroom.jobs.readers.own_copy import own_copy
from newsroom.model import Addresses, ConfirmBy, Subscriber, SubscriberState
from newsroom.model.single_mail import Purpose
from newsroom.readers import subscribers, suppression, tokens
from newsroom.readers.suppression import Reason
from newsroom.render.mail.confirmation import (
    Note,
    OwnCopy,
    already_note,
    code_note,
    confirmation_note,
    copy_note,
    data_note,
    leave_note,
    note_message,
)
from newsroom.render.words import Words

LINK_WORKS = timedelta(days=7)  # from the last try on


@dataclass(frozen=True, slots=True)
class Draft:
    """What a mail to a reader will say."""

    to: str
    note: Note
    copy: OwnCopy | None = None


def open_link(connection: Connection, desk: FrontDesk, order: MailOrder, now: datetime) -> str:
    """The token of a confirmation's link, which works for seven days from now."""
    if order.subscriber_id is None or order.seed is None:
        raise ValueError(order.kind)
    token = tokens.confirmation_token(desk.keys[0], order.seed)
    digest = tokens.confirmation_digest(token)
    subscribers.open_confirmation(connection, order.subscriber_id, digest, now + LINK_WORKS)
    return token


def draft(connection: Connection, desk: FrontDesk, order: MailOrder, now: datetime) -> Draft | None:
    """What a reader is to be told, or None when there is no reason for it any more.

    Somebody has confirmed, left or been forgotten since, say. Who complained about our mail gets
    none but the copy of their data that they asked for: only an operator lifts that.
    """
    person = subscribers.by_number(connection, order.subscriber_id or 0)
    if person is None:
        return None
    if order.kind is not Purpose.COPY and _complained(connection, desk, person):
        return None
    match order.kind:
        case Purpose.CONFIRM if _may_confirm(connection, person):
            return Draft(person.email, _confirmation(connection, desk, order, now))
        case Purpose.ALREADY if person.state == SubscriberState.ACTIVE:
            url = leave_url(desk, person.id)
            return Draft(person.email, already_note(desk.site, Words(order.lang), url))
        case Purpose.LINK if person.state == SubscriberState.ACTIVE:
            url = leave_url(desk, person.id)
            return Draft(person.email, leave_note(desk.site, Words(order.lang), url))
        case Purpose.DATA:
            url = _data_url(desk, person, now)
            return Draft(person.email, data_note(desk.site, Words(order.lang), url))
        case Purpose.COPY:
            words = Words(order.lang)
            note = copy_note(desk.site, words, _data_url(desk, person, now))
            return Draft(person.email, note, own_copy(connection, desk, person, words))
        case _:
            return None


def message_of(desk: FrontDesk, drafted: Draft, now: datetime) -> EmailMessage:
    """The mail that says it."""
    return note_message(desk.site, drafted.note, drafted.to, now, desk.templates, drafted.copy)


def _complained(connection: Connection, desk: FrontDesk, person: Subscriber) -> bool:
    return suppression.why_suppressed(connection, desk.keys, person.email) is Reason.COMPLAINED


def _may_confirm(connection: Connection, person: Subscriber) -> bool:
    is_out = person.state != SubscriberState.ACTIVE
    return is_out and subscribers.awaits_confirmation(connection, person.id)


def _confirmation(connection: Connection, desk: FrontDesk, order: MailOrder, now: datetime) -> Note:
    words, addresses = Words(order.lang), Addresses(desk.site)
    token = open_link(connection, desk, order, now)
    url = addresses.url(addresses.confirm(token))
    if desk.site.confirm is ConfirmBy.CODE:
        code = tokens.confirmation_code(desk.keys[0], token)
        return code_note(desk.site, words, url, code)
    return confirmation_note(desk.site, words, url)


def _data_url(desk: FrontDesk, person: Subscriber, now: datetime) -> str:
    addresses = Addresses(desk.site)
    return addresses.url(addresses.my_data(tokens.data_token(desk.keys[0], person.id, now)))
