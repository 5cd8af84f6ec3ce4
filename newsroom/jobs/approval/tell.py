"""Telling the approvers: each mail once, whoever asks, on however many machines."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.approval.desk_mails import DeskMail, News, claim_mail, give_back
from newsroom.delivery.approval.review_token import review_token
from newsroom.errors import OutsideError
from newsroom.jobs.approval.desk_news import desk_note
from newsroom.jobs.approval.news import Told
from newsroom.model import Addresses, Contact, Site
from newsroom.render.mail.desk_note import desk_message

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

log = logging.getLogger(__name__)

LINK_WORKS = timedelta(days=60)
_NO_LINK = {News.SKIPPED}  # there is no issue to look at


class Mailer(Protocol):
    """Sends single mails, ahead of any issue that is going out."""

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand over a message to one address. Raises OutsideError when it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class DeskPost:
    """What mails to the approvers are made and sent with."""

    site: Site
    database: Engine
    keys: Sequence[bytes]  # secrets, newest first
    templates: "Templates"
    mailer: Mailer

    def review_url(self, issue: str, approver: str, now: datetime) -> str:
        """One approver's own address of the review page, for as long as it works."""
        addresses = Addresses(self.site)
        token = review_token(self.keys[0], issue, approver, now + LINK_WORKS)
        return addresses.url(addresses.review(issue, token))


def tell(post: DeskPost, told: Told, people: Iterable[Contact], now: datetime) -> int:
    """Mail some news to those approvers who have not had it; how many mails went out.

    A mail that the relay does not take is tried again by whoever tells the same news next; one
    whose process died over it is not, so that nobody gets two.
    """
    sent = 0
    for person in people:
        if person.email is None:
            continue
        mail = DeskMail(told.issue, told.news, told.occasion, person.slug)
        with transaction(post.database) as connection:
            if not claim_mail(connection, mail, now):
                continue
        sent += _send(post, mail, told, person.email, now)
    return sent


def _send(post: DeskPost, mail: DeskMail, told: Told, email: str, now: datetime) -> bool:
    url = None if mail.news in _NO_LINK else post.review_url(mail.issue, mail.contact, now)
    note = desk_note(post.site, told, url, now)
    try:
        post.mailer.send(desk_message(post.site, note, email, now, post.templates), email)
    except OutsideError as error:
        log.warning("%s: %s was not told (%s): %s", mail.issue, mail.contact, mail.news, error)
        with transaction(post.database) as connection:
            give_back(connection, mail)
        return False
    return True
