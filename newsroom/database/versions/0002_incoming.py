"""Mails that came to the inbox: what each was, a copy for a while, and how far it was read."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables, and let a bounce be a complaint and be taken back."""
    op.create_table(
        "incoming",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("known_by", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_incoming_at"), "incoming", ["at"], unique=False)
    op.create_table(
        "inbox_mark",
        sa.Column("mailbox", sa.String(length=300), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox"),
    )
    with op.batch_alter_table("bounce") as bounce:
        bounce.add_column(
            sa.Column("kind", sa.String(length=16), nullable=False, server_default="bounce")
        )
        bounce.add_column(sa.Column("undone", Moment(), nullable=True))
