"""What a look at the newsroom's set-up found, and for which set-up."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment
from newsroom.database.told import ToldSheet

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for verdicts."""
    op.create_table(
        "doctor_run",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", Moment(), nullable=False, index=True),
        sa.Column("configuration", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("told", ToldSheet(), nullable=False),
    )
