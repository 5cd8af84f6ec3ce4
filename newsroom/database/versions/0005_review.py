"""How an issue is reviewed: yeses taken back, another day, the texts shown, the mails told."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to approvals and issues, and make the two tables."""
    with op.batch_alter_table("approval") as approval:
        approval.add_column(sa.Column("ended", Moment(), nullable=True))
        approval.add_column(sa.Column("ended_by", sa.String(length=16), nullable=True))
    with op.batch_alter_table("issue") as issue:
        issue.add_column(sa.Column("leaves_at", Moment(), nullable=True))
    op.create_table(
        "reviewed_text",
        sa.Column("issue", sa.String(length=100), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("issue", "content_hash"),
    )
    op.create_table(
        "desk_mail",
        sa.Column("issue", sa.String(length=100), nullable=False),
        sa.Column("news", sa.String(length=16), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("issue", "news", "occasion", "contact"),
    )
