"""Each reason that keeps an address out stands for itself, so that none takes another's place."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let an address be kept out for more than one reason."""
    op.rename_table("suppression", "suppression_before")
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", "reason", name="suppression_by_reason"),
    )
    op.execute(
        "INSERT INTO suppression (address_hash, reason, at) "
        "SELECT address_hash, reason, at FROM suppression_before"
    )
    op.drop_table("suppression_before")
