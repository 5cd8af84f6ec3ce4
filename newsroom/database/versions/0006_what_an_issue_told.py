"""What each issue told, and every step of its course with its time."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment
from newsroom.database.told import Told

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "mention",
        sa.Column("issue", sa.String(length=100), nullable=False),
        sa.Column("item", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issue.name"]),
        sa.PrimaryKeyConstraint("issue", "item"),
    )
    op.create_table(
        "issue_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("note", Told(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_issue_step_issue", "issue_step", ["issue"])
