"""What the public forms need behind them: the list, the secrets, the words and the post."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.errors import OutsideError
from newsroom.model import Addresses, Site
from newsroom.model.saying import say
from newsroom.readers import notices, tokens
from newsroom.readers.notices import Answer, Kind
from newsroom.render.mail.confirmation import Note, note_message
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


def leave_url(desk: FrontDesk, subscriber_id: int) -> str:
    """The address of the page with the button that ends one person's subscription."""
    addresses = Addresses(desk.site)
    return addresses.url(addresses.leave(tokens.leave_token(desk.keys[0], subscriber_id)))


def may_mail(
    connection: Connection, desk: FrontDesk, email: str, kind: Kind, now: datetime
) -> bool:
    """Whether one more mail may go to the address; a yes is counted. A flood is called out."""
    answer = notices.may_mail(connection, desk.keys, email, kind, now)
    if answer == Answer.FLOOD:
        log.warning(
            say("the public forms have caused too many mails in one hour; they send no more")
        )
    return answer == Answer.YES


def post(desk: FrontDesk, note: Note, email: str, kind: Kind, now: datetime) -> None:
    """Send a note. When that fails it does not count among the mails of the address."""
    try:
        desk.mailer.send(note_message(desk.site, note, email, now, desk.templates), email)
    except OutsideError:
        with transaction(desk.engine) as connection:
            notices.give_back(connection, desk.keys, email, kind, now)
        raise
