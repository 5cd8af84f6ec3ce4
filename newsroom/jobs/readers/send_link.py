"""Somebody without a mail of ours at hand: mail the address a link of its own, if we know it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from newsroom.database import transaction
from newsroom.jobs.readers.front_desk import FrontDesk, leave_url, may_mail, post, refuse
from newsroom.model import Addresses, Subscriber, SubscriberState
from newsroom.readers import subscribers, suppression, tokens
from newsroom.readers.notices import Answer, Kind
from newsroom.readers.suppression import Reason
from newsroom.readers.turn import take_turn
from newsroom.render.mail.confirmation import Note, data_note, leave_note
from newsroom.render.words import Words


def send_link(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Mail a subscriber the link that ends the subscription; nobody else gets anything.

    Raises OutsideError when the mail could not be sent; a new try is then not counted as a second.
    """

    def note(connection: Connection, person: Subscriber) -> Note | None:  # noqa: ARG001 (the other needs it)
        if person.state != SubscriberState.ACTIVE:
            return None
        return leave_note(desk.site, Words(lang), leave_url(desk, person.id))

    _send(desk, email, Kind.LINK, note, now)


def send_data_link(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Mail whoever we keep something about the link to it; nobody else gets anything.

    Who complained about our mail gets none, and writes to a person. Raises as `send_link` does.
    """

    def note(connection: Connection, person: Subscriber) -> Note | None:
        why = suppression.why_suppressed(connection, desk.keys, email)
        if why is Reason.COMPLAINED:
            return None
        addresses = Addresses(desk.site)
        token = tokens.data_token(desk.keys[0], person.id, now)
        return data_note(desk.site, Words(lang), addresses.url(addresses.my_data(token)))

    _send(desk, email, Kind.DATA, note, now)


def _send(
    desk: FrontDesk,
    email: str,
    kind: Kind,
    make: Callable[[Connection, Subscriber], Note | None],
    now: datetime,
) -> None:
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, email)
        note = None if person is None else make(connection, person)
        if note is None:
            return
        answer = may_mail(connection, desk, email, kind, now)
    if answer is Answer.YES:
        post(desk, note, email, kind, now)
    else:
        refuse(desk, answer, now)
