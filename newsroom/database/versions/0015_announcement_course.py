"""An announcement has a course: it is claimed before it is made, and what came of it is kept."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is known of the course; hubs get the name of their kind, as other channels have."""
    for column in (
        sa.Column("version", sa.String(length=64)),
        sa.Column("title", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("since", Moment()),
        sa.Column("doubted", Moment()),
        sa.Column("next_at", Moment()),
        sa.Column("place", sa.Text()),
    ):
        op.add_column("announcement", column)
    op.execute(
        "UPDATE announcement SET version = note, note = NULL, channel = 'websub:' || channel"
    )
