"""Which mails the desk was sent: each once, whoever asks and however often."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import desk_mail


class News(StrEnum):
    """What a mail to the approvers is about."""

    ASKED = "asked"  # the draft is ready: look, and say yes
    REMINDED = "reminded"  # nobody has said yes, and the day is near
    APPROVED = "approved"  # somebody has said yes: the others need not
    VOIDED = "voided"  # the text was changed after the yes
    STOPPED = "stopped"  # somebody took the yes back
    POSTPONED = "postponed"
    HELD = "held"  # its time came, and it may not leave
    SKIPPED = "skipped"  # there is nothing new to tell
    CANCELLED = "cancelled"
    LEAVING = "leaving"  # frozen: the first mail goes when the undo window ends
    CANARIES = "canaries"  # the first few have it: may the rest follow?
    LANE = "lane"  # a mail host refuses us; the others go on
    PAUSED = "paused"
    UNSURE = "unsure"  # all is settled but some copies of which nobody knows whether they left
    DONE = "done"
    REPORTED = "reported"  # some days later: what came back, and who left


@dataclass(frozen=True, slots=True)
class DeskMail:
    """One mail to one approver, or a memo to the coordinator."""

    issue: str  # "" of a memo, which is about none
    news: str  # News, or a memo's kind
    occasion: str  # which slot, text or pause it is about; the same news may come of another
    contact: str  # a slug; "" the coordinator


def claim_mail(connection: Connection, mail: DeskMail, now: datetime) -> bool:
    """Whether the caller is the one that sends this mail: true once, on any number of machines."""
    row = insert(desk_mail).values(
        issue=mail.issue, news=mail.news, occasion=mail.occasion, contact=mail.contact, at=now
    )
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return False
    return True


def who_were_told(connection: Connection, name: str, news: str, occasion: str) -> frozenset[str]:
    """The approvers who have had some news of an issue, or whom somebody is mailing it now."""
    contacts = select(desk_mail.c.contact).where(
        desk_mail.c.issue == name, desk_mail.c.news == news, desk_mail.c.occasion == occasion
    )
    return frozenset(connection.scalars(contacts))


def release_mail(connection: Connection, mail: DeskMail) -> None:
    """The mail was not taken by the relay: whoever looks next may send it."""
    connection.execute(
        delete(desk_mail).where(
            desk_mail.c.issue == mail.issue,
            desk_mail.c.news == mail.news,
            desk_mail.c.occasion == mail.occasion,
            desk_mail.c.contact == mail.contact,
        )
    )


def first_told(connection: Connection, name: str, news: News) -> datetime | None:
    """When somebody was first told this of an issue."""
    return _told(connection, func.min(desk_mail.c.at), name, news)


def last_told(connection: Connection, name: str, news: News) -> datetime | None:
    """When somebody was last told this of an issue."""
    return _told(connection, func.max(desk_mail.c.at), name, news)


def is_untold(connection: Connection, name: str) -> bool:
    """Whether nobody has had a mail about an issue."""
    some = select(desk_mail.c.at).where(desk_mail.c.issue == name).limit(1)
    return connection.scalar(some) is None


def _told(
    connection: Connection, when: ColumnElement[datetime], name: str, news: News
) -> datetime | None:
    found: datetime | None = connection.scalar(
        select(when).where(desk_mail.c.issue == name, desk_mail.c.news == news)
    )
    return found
