"""After the database was brought back from a backup: what may have left since is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from newsroom.database import transaction
from newsroom.database.restorations import confirm_restorations, unconfirmed
from newsroom.database.tables import issue
from newsroom.delivery.approval.restored_approvals import ended_by_a_restore
from newsroom.delivery.sending.guard import confirm, issues_in_doubt
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.model.issue_state import IssueState


class Doubted(NamedTuple):
    """An issue of which copies may have left that the database did not know of."""

    issue: str
    copies: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What follows from a person's word that this is the database to go on with."""

    taken: datetime | None  # when its backup was; None when none was waiting for the word
    doubted: tuple[Doubted, ...] = ()
    resumed: tuple[str, ...] = ()  # issues that stood still for it, and of which nothing is doubted
    unapproved: tuple[str, ...] = ()  # issues that have to be approved anew
    finished: bool = False  # a restore that was cut short was brought to its end

    @property
    def is_nothing(self) -> bool:
        """Whether nothing waited for it."""
        return self == Confirmed(None, unapproved=self.unapproved)


def confirm_restore(database: Engine, marks: SendingMarks, now: datetime) -> Confirmed:
    """Go on with an older database; what may have left after it was saved becomes unknown.

    Nobody is written to twice by it: a person settles the unknown copies. Doing it again, or when
    the database is not an older one, changes nothing.
    """
    with transaction(database) as connection:
        restored = unconfirmed(connection)
        stood_still = _paused(connection)
        names = sorted({*marks.issues(), *issues_in_doubt(connection)})
        copies = {name: confirm(connection, name, marks, now, restored) for name in names}
        doubted = tuple(Doubted(name, number) for name, number in copies.items() if number)
        confirm_restorations(connection, now)
        return Confirmed(
            restored.taken if restored else None,
            doubted,
            _without(doubted, stood_still - _paused(connection)),
            ended_by_a_restore(connection),
        )


def _paused(connection: Connection) -> frozenset[str]:
    still = select(issue.c.name).where(issue.c.state == IssueState.PAUSED)
    return frozenset(connection.scalars(still))


def _without(doubted: Iterable[Doubted], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - {each.issue for each in doubted}))
