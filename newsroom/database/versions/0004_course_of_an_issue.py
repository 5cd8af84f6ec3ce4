"""Who let the rest follow the canaries, which hosts take whose mail, and room for reasons."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the columns; a reason may be longer than a server's words."""
    op.create_table(
        "mail_host",
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=True),
        sa.Column("asked", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("domain"),
    )
    op.add_column("issue", sa.Column("go_at", Moment(), nullable=True))
    op.add_column("issue", sa.Column("go_by", sa.String(length=100), nullable=True))
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("reason", existing_type=sa.String(length=200), type_=sa.Text())
