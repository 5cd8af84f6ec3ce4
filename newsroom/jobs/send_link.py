"""Somebody without an issue at hand wants to leave: mail the address its link, if it is listed."""

from datetime import datetime

from newsroom.database import transaction
from newsroom.jobs.front_desk import FrontDesk, leave_url, may_mail, post
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.notices import Kind
from newsroom.readers.turn import take_turn
from newsroom.render.mail.confirmation import leave_note
from newsroom.render.words import Words


def send_link(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Mail a subscriber the link that ends the subscription; nobody else gets anything.

    Raises OutsideError when the mail could not be sent; a new try is then not counted as a second.
    """
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.find(connection, email)
        if person is None or person.state != SubscriberState.ACTIVE:
            return
        if not may_mail(connection, desk, email, Kind.LINK, now):
            return
    note = leave_note(desk.site, Words(lang), leave_url(desk, person.id))
    post(desk, note, email, Kind.LINK, now)
