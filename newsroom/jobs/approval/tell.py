"""Telling the approvers: each mail once, whoever asks, on however many machines."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.desk_mails import (
    DeskMail,
    News,
    claim_mail,
    release_mail,
    who_were_told,
)
from newsroom.delivery.approval.review_token import review_token
from newsroom.errors import AddressError, NewsroomError
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


def untold(
    post: DeskPost, name: str, news: News, occasion: str, people: Iterable[Contact]
) -> tuple[Contact, ...]:
    """Those who can be mailed and have not had some news."""
    with reading(post.database) as connection:
        told = who_were_told(connection, name, news, occasion)
    return tuple(person for person in people if person.email and person.slug not in told)


def tell(post: DeskPost, told: Told, people: Iterable[Contact], now: datetime) -> int:
    """Mail some news to those approvers who have not had it; how many mails went out.

    A mail that the relay does not take is tried again by whoever tells the same news next; one
    whose process died over it is not, so that nobody gets two. Raises ContentError, with nobody
    told and nothing noted, when a template is broken.
    """
    waiting = untold(post, told.issue, told.news, told.occasion, people)
    return sum(_tell_one(post, told, person, now) for person in waiting)


def _tell_one(post: DeskPost, told: Told, person: Contact, now: datetime) -> bool:
    mail = DeskMail(told.issue, told.news, told.occasion, person.slug)
    try:
        message = _message(post, told, person, now)
    except AddressError as error:
        log.warning("%s: %s was not told (%s): %s", mail.issue, mail.contact, mail.news, error)
        return False
    with transaction(post.database) as connection:
        if not claim_mail(connection, mail, now):
            return False
    try:
        post.mailer.send(message, person.email or "")
    except NewsroomError as error:
        log.warning("%s: %s was not told (%s): %s", mail.issue, mail.contact, mail.news, error)
        with transaction(post.database) as connection:
            release_mail(connection, mail)
        return False
    return True


def _message(post: DeskPost, told: Told, person: Contact, now: datetime) -> EmailMessage:
    url = None if told.news in _NO_LINK else post.review_url(told.issue, person.slug, now)
    note = desk_note(post.site, told, url, now)
    return desk_message(post.site, note, person.email or "", now, post.templates)
