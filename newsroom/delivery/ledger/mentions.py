"""What frozen issues tell, by permanent id: a file may be renamed, and its news is still old."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from newsroom.database.tables import issue, mention
from newsroom.model.issue_state import IssueState


class Mention(NamedTuple):
    """One piece that an issue tells of."""

    item: str  # the piece's id
    kind: str  # the value of its Kind
    title: str


def write_mentions(connection: Connection, name: str, told: Sequence[Mention]) -> None:
    """Keep what an issue tells, in its order, and nothing that an earlier freezing of it told."""
    connection.execute(delete(mention).where(mention.c.issue == name))
    rows = [{"issue": name, "place": place, **each._asdict()} for place, each in enumerate(told)]
    if rows:
        connection.execute(insert(mention), rows)


def read_mentions(connection: Connection, name: str) -> tuple[Mention, ...]:
    """What a frozen issue tells, in its order."""
    columns = (mention.c.item, mention.c.kind, mention.c.title)
    rows = connection.execute(
        select(*columns).where(mention.c.issue == name).order_by(mention.c.place)
    )
    return tuple(Mention(*row) for row in rows)


def told_before(connection: Connection, name: str) -> dict[str, str]:
    """What other issues have told: by the id of a piece, the first to tell it.

    One that was called off, or let go before its first mail, told nobody.
    """
    rows = connection.execute(
        select(mention.c.item, issue.c.name)
        .join(issue, issue.c.name == mention.c.issue)
        .where(
            issue.c.name != name,
            issue.c.frozen_at.is_not(None),
            issue.c.state != IssueState.CANCELLED,
        )
        .order_by(issue.c.frozen_at.desc(), issue.c.name)
    )
    return {row.item: row.name for row in rows}
