"""A database that is older than the mails that left: nothing more may leave until a person knows.

The time of an issue's last claim is known twice: in the ledger, and in a mark outside it (`marks`).
A ledger that is behind its mark was brought back from a backup, and readers it takes for waiting
may have the issue already.

`claimed_at` of a copy is therefore written by the claim, and by nobody who settles it afterwards;
but for who says that an older database is to be gone on with.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from newsroom.database.tables import delivery, issue
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.sending.course import pause, resume
from newsroom.delivery.sending.marks import UNREADABLE, Marks
from newsroom.model.delivery import WAITING, DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying, say

BEHIND = say(
    "the database is older than the mails that left, so who has this issue is not known; "
    "go on with: newsroom restore --confirm"
)


def stop_if_behind(connection: Connection, name: str, last: datetime | None, now: datetime) -> bool:
    """Pause an issue whose ledger is behind its mark; whether it is.

    `last` is the mark, and must have been read before the transaction began: a claim is committed
    first and marked then.
    """
    if last is None or not _is_behind(connection, name, last):
        return False
    pause(connection, name, _reason(name, last), now)
    return True


def confirm(connection: Connection, name: str, marks: Marks, now: datetime) -> int | None:
    """Call unknown what may have left since the backup, and go on; how many copies that are.

    None when the ledger is not behind, or does not have the issue's readers yet: when it is frozen
    it stops again.
    """
    last = marks.last(name)
    frozen = connection.scalar(select(issue.c.frozen_at).where(issue.c.name == name))
    if last is None or frozen is None or not _is_behind(connection, name, last):
        return None
    at = now if last == UNREADABLE else max(last, now)
    doubtful = connection.execute(
        update(delivery)
        .where(delivery.c.issue == name, delivery.c.state.in_(WAITING))
        .values(
            state=DeliveryState.UNKNOWN,
            reason=say("may have left after the backup was taken"),
            token=None,
            next_at=None,
            claimed_at=at,
        )
    )
    what = say("{number} unknown", number=doubtful.rowcount)
    note_step(connection, name, Step.RESTORED, now, what)
    if doubtful.rowcount:
        with marks.opened(name) as mark:
            mark.set(at)
    else:  # nobody waits any more whom the mark could keep from a second mail
        marks.forget(name)
    found = connection.execute(select(issue.c.state, issue.c.note).where(issue.c.name == name))
    state, note = found.one()
    if state == IssueState.PAUSED and note in {BEHIND, _reason(name, UNREADABLE)}:
        resume(connection, name, now)
    return doubtful.rowcount


def _reason(name: str, last: datetime) -> Saying:
    if last != UNREADABLE:
        return BEHIND
    return say(
        "var/marks/{issue} cannot be read, so who has this issue is not known; "
        "go on with: newsroom restore --confirm",
        issue=name,
    )


def _is_behind(connection: Connection, name: str, last: datetime) -> bool:
    """Whether a mail left that the ledger knows nothing of, or left before it froze the issue."""
    frozen = connection.scalar(select(issue.c.frozen_at).where(issue.c.name == name))
    newest = connection.scalar(
        select(func.max(delivery.c.claimed_at)).where(delivery.c.issue == name)
    )
    return newest is None or newest < last or (frozen is not None and last < frozen)
