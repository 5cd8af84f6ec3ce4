"""The days of the issues to come, so that a calendar can say how often each was moved."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin to write them down."""
    op.create_table(
        "deadline",
        sa.Column("issue", sa.String(length=100), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("issue", "step"),
    )
