"""Telling the approvers: each mail once, whoever asks, on however many machines."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.restorations import unconfirmed
from newsroom.delivery.approval.calendar_token import calendar_token
from newsroom.delivery.approval.desk_mails import (
    DeskMail,
    News,
    claim_mail,
    note_taken,
    release_mail,
    who_were_told,
)
from newsroom.delivery.approval.review_token import review_token
from newsroom.delivery.mailer import why_not_taken
from newsroom.errors import AddressError, DeliveryError
from newsroom.jobs.approval.desk_news import desk_note
from newsroom.jobs.approval.news import IssueNews
from newsroom.model import Addresses, Contact, Site
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.model.saying import joined, say
from newsroom.render.mail.desk_note import desk_message

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

log = logging.getLogger(__name__)

LINK_WORKS = timedelta(days=60)
RESTORED = say(
    "the database was brought back from a backup, so the mail may have left before; "
    "go on with: newsroom restore --confirm"
)
_WITH_DAYS = {News.ASKED}
_NO_LINK = {News.SKIPPED}  # there is no issue to look at


class Mailer(Protocol):
    """Sends single mails, ahead of any issue that is going out."""

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """How handing over a message to one address went."""
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

    def days_url(self, approver: str) -> str:
        """One approver's own address of the calendar of deadlines."""
        addresses = Addresses(self.site)
        return addresses.url(addresses.deadlines(calendar_token(self.keys[0], approver)))


@dataclass(slots=True)
class Mailed:
    """Whom some news went to, and whom it could not be mailed, each with the reason."""

    to: list[Contact] = field(default_factory=list)
    not_to: list[tuple[Contact, str]] = field(default_factory=list)

    @property
    def names(self) -> str:
        """Those whom it went to."""
        return ", ".join(person.title for person in self.to)

    def require_all(self, issue: str) -> None:
        """Pass when nobody was left out. Raises DeliveryError that names who was, and why."""
        if not self.not_to:
            return
        told = say("the mail went to {names} only", names=self.names) if self.to else ""
        missed = [joined(": ", (person.title, reason)) for person, reason in self.not_to]
        raise DeliveryError(
            say(
                "{issue}: a mail could not be handed over. {missed}",
                issue=issue,
                missed=joined("; ", (*missed, *([told] if told else []))),
            )
        )


def untold(
    post: DeskPost, name: str, news: News, occasion: str, people: Iterable[Contact]
) -> tuple[Contact, ...]:
    """Those who can be mailed and have not had some news."""
    with reading(post.database) as connection:
        told = who_were_told(connection, name, news, occasion)
    return tuple(person for person in people if person.email and person.slug not in told)


def tell(post: DeskPost, told: IssueNews, people: Iterable[Contact], now: datetime) -> Mailed:
    """Mail some news to those approvers who have not had it, and give whom it went to.

    A mail that the relay does not take is tried again by whoever tells the same news next; one
    that may have been taken is, too, when it has been in doubt for a while, and a few times at
    most. After a restore nobody is told before a person has said to go on. Raises ContentError,
    with nobody told and nothing noted, when a template is broken.
    """
    mailed = Mailed()
    for person in untold(post, told.issue, told.news, told.occasion, people):
        if _is_restored(post):
            mailed.not_to.append((person, RESTORED))
        else:
            _tell_one(post, told, person, now, mailed)
    return mailed


def _is_restored(post: DeskPost) -> bool:
    """Whether nobody has said yet that the database is the one to go on with."""
    with reading(post.database) as connection:
        return unconfirmed(connection) is not None


def _tell_one(
    post: DeskPost, told: IssueNews, person: Contact, now: datetime, mailed: Mailed
) -> None:
    mail = DeskMail(told.issue, told.news, told.occasion, person.slug)
    try:
        message = _message(post, told, person, now)
    except AddressError as error:
        _note_untaken(mailed, mail, person, error.sentence)
        return
    with transaction(post.database) as connection:
        if not claim_mail(connection, mail, now):
            return
    outcome = post.mailer.hand_over(message, person.email or "")
    with transaction(post.database) as connection:
        if outcome.state is DeliveryState.ACCEPTED:
            note_taken(connection, mail)
        elif outcome.state is not DeliveryState.UNKNOWN:
            release_mail(connection, mail)
    if outcome.state is DeliveryState.ACCEPTED:
        mailed.to.append(person)
    else:
        _note_untaken(mailed, mail, person, why_not_taken(outcome))


def _note_untaken(mailed: Mailed, mail: DeskMail, person: Contact, why: str) -> None:
    log.info(say("{issue}: no mail to {name}: {why}", issue=mail.issue, name=person.title, why=why))
    mailed.not_to.append((person, why))


def _message(post: DeskPost, told: IssueNews, person: Contact, now: datetime) -> EmailMessage:
    url = None if told.news in _NO_LINK else post.review_url(told.issue, person.slug, now)
    days = post.days_url(person.slug) if told.news in _WITH_DAYS else None
    note = desk_note(post.site, told, url, now, days)
    return desk_message(post.site, note, person.email or "", now, post.templates)
