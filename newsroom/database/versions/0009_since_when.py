"""When copies were claimed, since when answers count, and issues that ask nobody for a go."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, filled from what stood for them before."""
    op.add_column("delivery", sa.Column("claimed_at", Moment(), nullable=True))
    op.add_column("issue", sa.Column("begun", Moment(), nullable=True))
    op.add_column("issue", sa.Column("noted_at", Moment(), nullable=True))
    op.add_column(
        "issue", sa.Column("asks_nobody", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE delivery SET claimed_at = updated WHERE attempts > 0")
    op.execute("UPDATE issue SET begun = updated WHERE released IS NOT NULL")
    op.execute("UPDATE issue SET noted_at = updated WHERE note IS NOT NULL")
    op.execute(
        "UPDATE issue SET asks_nobody = true, go_at = NULL, go_by = NULL WHERE go_by = '--auto'"
    )
