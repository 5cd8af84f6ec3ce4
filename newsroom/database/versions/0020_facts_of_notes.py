"""What newsroom goes by of an issue's note has columns of its own; the words are for people."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Both older forms: the sentence with its values, and before that the bare English sentence.
_HELD = "held since {at:%Y-%m-%d}: {reason}"
_DECIDED = {"{name} took the yes back": "stopped", "{name} set another day": "postponed"}
_BY_HAND = "paused by hand"
_BEHIND = (
    "the database is older than the mails that left, so who has this issue is not known; "
    "go on with: newsroom restore --confirm",
    "var/marks/{issue} cannot be read, so who has this issue is not known; "
    "go on with: newsroom restore --confirm",
)

_issue = sa.table(
    "issue",
    sa.column("name", sa.String),
    sa.column("note", sa.Text),
    sa.column("noted_at", Moment()),
    sa.column("updated", Moment()),
    sa.column("matter", sa.String),
    sa.column("held_at", Moment()),
    sa.column("held_for", sa.Text),
    sa.column("decided_by", sa.Text),
)


def upgrade() -> None:
    """Add the columns, and fill them in for the issues that have such a note."""
    op.add_column("issue", sa.Column("matter", sa.String(16)))
    op.add_column("issue", sa.Column("held_at", Moment()))
    op.add_column("issue", sa.Column("held_for", sa.Text()))
    op.add_column("issue", sa.Column("decided_by", sa.Text()))
    connection = op.get_bind()
    rows = connection.execute(sa.select(_issue).where(_issue.c.note.is_not(None))).all()
    for row in rows:
        if found := _facts(row):
            connection.execute(sa.update(_issue).where(_issue.c.name == row.name).values(found))


def _facts(row: sa.Row[Any]) -> dict[str, object]:
    """What a note says to newsroom; nothing when it is only words."""
    template, values = _read(row.note)
    if template == _HELD:
        at, reason = datetime.fromisoformat(values["at"]["at"]), values["reason"]
        kept = reason if isinstance(reason, str) else _packed(reason)
        return {"matter": "held", "held_at": at, "held_for": kept}
    if template in _DECIDED:
        by = str(values["name"])
        return {"matter": _DECIDED[template], "decided_by": by, "noted_at": row.updated}
    if template == _BY_HAND:
        return {"matter": "by hand"}
    if template in {*_BEHIND, _BEHIND[1].format(issue=row.name)}:
        return {"matter": "behind"}
    return {}


def _read(note: str) -> tuple[str, dict[str, Any]]:
    """The template of a note, and its values; a bare sentence is its own template."""
    if not note.startswith('{"say":'):
        return note, {}
    told = json.loads(note)
    return told["say"], told["with"]


def _packed(saying: object) -> str:
    return json.dumps(saying, ensure_ascii=False, separators=(",", ":"))
