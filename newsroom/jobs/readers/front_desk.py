"""What the public forms need behind them: the list, the secrets, the words and the post."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from newsroom.jobs.outbox.memos import leave_memo
from newsroom.model import Addresses, Site
from newsroom.model.delivery import Outcome
from newsroom.model.memo import Memo
from newsroom.model.saying import say
from newsroom.model.single_mail import Purpose
from newsroom.readers import mail_caps, tokens
from newsroom.readers.mail_caps import Answer
from newsroom.render.templates import Templates

log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Hands over single mails, ahead of any issue that is going out."""

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """How handing over a message to one address went."""
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
    leaked: frozenset[bytes] = frozenset()  # secrets that somebody else may know

    @property
    def trusted(self) -> tuple[bytes, ...]:
        """The secrets whose word opens what is one person's alone, newest first."""
        return tuple(key for key in self.keys if key not in self.leaked)

    coordinator: Callable[[], str | None] = lambda: None  # their address, when they have one
    next_issue: Callable[[], datetime | None] = lambda: None  # when it leaves, where that is known


def leave_url(desk: FrontDesk, subscriber_id: int) -> str:
    """The address of the page with the button that ends one person's subscription."""
    addresses = Addresses(desk.site)
    return addresses.url(addresses.leave(tokens.leave_token(desk.keys[0], subscriber_id)))


def may_mail(
    connection: Connection, desk: FrontDesk, email: str, kind: Purpose, now: datetime
) -> bool:
    """Whether one more mail may go to the address; a yes is counted, however often it is tried.

    The first time that the forms rest, the coordinator gets a mail about it.
    """
    answer = mail_caps.may_mail(connection, desk.keys, email, kind, now)
    if answer in {Answer.FLOOD, Answer.ALARM}:
        log.warning(
            say("the public forms have caused too many mails in one hour; they send no more")
        )
    if answer is Answer.ALARM:
        leave_memo(connection, _rest(desk.site, now), desk.site.language, now)
    return answer is Answer.YES


def _rest(site: Site, now: datetime) -> Memo:
    """That the forms have caused more mails than people can have wanted."""
    addresses = Addresses(site)
    return Memo(
        kind="forms",
        occasion=now.isoformat(),
        subject=say("The sign-up form rests for an hour"),
        sentences=(
            say(
                "The forms of {name} have caused many more mails in one hour than usual. Perhaps "
                "somebody is abusing them to fill other people's mailboxes.",
                name=site.name,
            ),
            say(
                "For an hour they send no mail. People who sign up meanwhile have to try again. "
                "It begins again by itself, and you get no more mails about it today."
            ),
            say("Does it go on for days? Ask whoever runs the server to look at its log."),
        ),
        button=say("The form"),
        url=addresses.url(addresses.section("subscribe")),
    )
