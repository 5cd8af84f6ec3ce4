"""A memo to the coordinator that is refused waits for a better address, and is told as refused."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What waits so far was put off, not refused."""
    op.add_column(
        "outbox", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false())
    )
