"""Which mails the desk was sent: each once, whoever asks and however often.

A mail is claimed, in a commit of its own, before it is handed over. A claim that nobody reports on
is in doubt: its process died, or the server's answer was lost. Such a mail is sent again when it
has been in hand for `LEASE`, since two reminders do less harm than none; but after `_MOST_TRIES`
no more, so that nobody's mailbox is filled. The mails to readers have the same rules
(`database.outbox`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from newsroom.database.lease import Lease
from newsroom.database.tables import desk_mail

LEASE = Lease(timedelta(minutes=15))  # longer than any handing over lasts
_MOST_TRIES = 3


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
    """Whether the caller is the one that sends this mail: true once, on any number of machines.

    Until it is said to be taken it counts as one that may have been.
    """
    key = {"issue": mail.issue, "news": mail.news, "occasion": mail.occasion}
    row = insert(desk_mail).values(**key, contact=mail.contact, at=now, taken=False, tries=1)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return _claim_again(connection, mail, now)
    return True


def _claim_again(connection: Connection, mail: DeskMail, now: datetime) -> bool:
    """Whether a mail that is in doubt is the caller's now."""
    in_doubt = (
        ~desk_mail.c.taken,
        desk_mail.c.at <= LEASE.taken_before(now),
        desk_mail.c.tries < _MOST_TRIES,
    )
    again = update(desk_mail).where(_is(mail), *in_doubt)
    return connection.execute(again.values(at=now, tries=desk_mail.c.tries + 1)).rowcount == 1


def note_taken(connection: Connection, mail: DeskMail) -> None:
    """The mail was taken by the relay: nobody sends it again."""
    connection.execute(update(desk_mail).where(_is(mail)).values(taken=True))


def who_were_told(connection: Connection, name: str, news: str, occasion: str) -> frozenset[str]:
    """The approvers who have had some news of an issue, or to whom it is not sent again."""
    contacts = select(desk_mail.c.contact).where(
        desk_mail.c.issue == name,
        desk_mail.c.news == news,
        desk_mail.c.occasion == occasion,
        _IS_OVER,
    )
    return frozenset(connection.scalars(contacts))


def release_mail(connection: Connection, mail: DeskMail) -> None:
    """The mail was not taken by the relay: whoever looks next may send it."""
    connection.execute(delete(desk_mail).where(_is(mail)))


def first_told(connection: Connection, name: str, news: News) -> datetime | None:
    """When somebody was first told this of an issue."""
    return _told(connection, func.min(desk_mail.c.at), name, news)


def last_told(connection: Connection, name: str, news: News) -> datetime | None:
    """When somebody was last told this of an issue."""
    return _told(connection, func.max(desk_mail.c.at), name, news)


def is_untold(connection: Connection, name: str) -> bool:
    """Whether nobody has had a mail about an issue, but that there was nothing to tell in it."""
    its_own = desk_mail.c.issue == name, desk_mail.c.news != News.SKIPPED
    return connection.scalar(select(desk_mail.c.at).where(*its_own, _IS_OVER).limit(1)) is None


_IS_OVER = or_(desk_mail.c.taken, desk_mail.c.tries >= _MOST_TRIES)


def _is(mail: DeskMail) -> ColumnElement[bool]:
    return and_(
        desk_mail.c.issue == mail.issue,
        desk_mail.c.news == mail.news,
        desk_mail.c.occasion == mail.occasion,
        desk_mail.c.contact == mail.contact,
    )


def _told(
    connection: Connection, when: ColumnElement[datetime], name: str, news: News
) -> datetime | None:
    found: datetime | None = connection.scalar(
        select(when).where(desk_mail.c.issue == name, desk_mail.c.news == news)
    )
    return found
