"""Why a copy came back: its cause, which says more than how the address is to be taken."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a bounce have a cause."""
    with op.batch_alter_table("bounce") as bounce:
        bounce.add_column(sa.Column("cause", sa.String(length=16), nullable=True))
