"""A mail to an approver whose answer was lost, or whose process died, is told from one they had."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was mailed so far counts as taken."""
    op.add_column(
        "desk_mail", sa.Column("taken", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("desk_mail", sa.Column("tries", sa.Integer(), nullable=False, server_default="1"))
