"""Somebody without a mail of ours at hand: mail the address a link of its own, if we know it."""

from datetime import datetime

from newsroom.database import outbox, transaction
from newsroom.database.outbox import MailOrder
from newsroom.database.turn import take_turn
from newsroom.jobs.readers.front_desk import FrontDesk, may_mail
from newsroom.jobs.readers.system_mail import draft
from newsroom.model.single_mail import Purpose
from newsroom.readers import subscribers


def send_link(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Have a subscriber mailed the link that ends the subscription; nobody else gets anything."""
    _send(desk, email, Purpose.LINK, lang, now)


def send_data_link(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Have whoever we keep something about mailed the link to it; nobody else gets anything.

    Who complained about our mail gets none, and writes to a person.
    """
    _send(desk, email, Purpose.DATA, lang, now)


def _send(desk: FrontDesk, email: str, kind: Purpose, lang: str, now: datetime) -> None:
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, email)
        if person is None:
            return
        order = MailOrder(person.id, kind, lang)
        is_due = draft(connection, desk, order, now) is not None
        if is_due and may_mail(connection, desk, email, kind, now):
            outbox.put(connection, order, now)
