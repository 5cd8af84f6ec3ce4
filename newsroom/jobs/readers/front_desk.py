"""What the public forms need behind them: the list, the secrets, the words and the post."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.errors import OutsideError
from newsroom.model import Addresses, Site
from newsroom.model.saying import say
from newsroom.readers import notices, tokens
from newsroom.readers.notices import Answer, Kind
from newsroom.render.mail.confirmation import Note, alarm_message, note_message
from newsroom.render.templates import Templates

log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Sends single mails, ahead of any issue that is going out."""

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand over a message to one address. Raises OutsideError when it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """What every public form has behind it."""

    site: Site
    engine: Engine
    keys: Sequence[bytes]  # secrets, newest first
    templates: Templates
    mailer: Mailer
    mail_folders: tuple[Path, ...] = ()  # those that mails are written to


def leave_url(desk: FrontDesk, subscriber_id: int) -> str:
    """The address of the page with the button that ends one person's subscription."""
    addresses = Addresses(desk.site)
    return addresses.url(addresses.leave(tokens.leave_token(desk.keys[0], subscriber_id)))


def may_mail(
    connection: Connection, desk: FrontDesk, email: str, kind: Kind, now: datetime
) -> Answer:
    """Whether one more mail may go to the address; a yes is counted."""
    return notices.may_mail(connection, desk.keys, email, kind, now)


def refuse(desk: FrontDesk, answer: Answer, now: datetime) -> None:
    """Send no mail; the first time that the forms rest, the coordinator hears of it.

    Raises OutsideError when that mail could not be sent.
    """
    if answer in {Answer.FLOOD, Answer.ALARM}:
        log.warning(
            say("the public forms have caused too many mails in one hour; they send no more")
        )
    if answer is Answer.ALARM:
        desk.mailer.send(alarm_message(desk.site, now, desk.templates), desk.site.mailbox)


def post(  # noqa: PLR0913, PLR0917 (a mail, and how it counts)
    desk: FrontDesk,
    note: Note,
    email: str,
    kind: Kind,
    now: datetime,
    copy: bytes | None = None,
) -> None:
    """Send a note, perhaps with a copy of somebody's data.

    When that fails it does not count among the mails of the address. Raises OutsideError then.
    """
    message = note_message(desk.site, note, email, now, desk.templates, copy)
    try:
        desk.mailer.send(message, email)
    except OutsideError:
        with transaction(desk.engine) as connection:
            notices.give_back(connection, desk.keys, email, kind, now)
        raise
