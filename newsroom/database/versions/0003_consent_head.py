"""Where the log of consents ends, and how many wrong codes a sign-up has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FIRST = "0" * 64


def upgrade() -> None:
    """Make the table, and write down where the log ends now."""
    op.create_table(
        "consent_head",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.execute(
        "INSERT INTO consent_head (number, hash) "  # noqa: S608 (a constant of our own)
        "SELECT COALESCE(MAX(id), 0), COALESCE((SELECT hash FROM consent_event "
        f"WHERE id = (SELECT MAX(id) FROM consent_event)), '{_FIRST}') FROM consent_event"
    )
    with op.batch_alter_table("subscriber") as subscriber:
        subscriber.add_column(
            sa.Column("confirm_tries", sa.Integer(), nullable=False, server_default="0")
        )
