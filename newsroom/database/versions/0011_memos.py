"""What the coordinator is told waits beside the mails to readers."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.told import ToldSheet

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a mail that waits have sentences."""
    op.add_column("outbox", sa.Column("memo", ToldSheet(), nullable=True))
    # The one mail that the coordinator got so far says that the forms rest for an hour. It has no
    # sentences here, and that hour is over before anybody could read it.
    op.execute("DELETE FROM outbox WHERE subscriber_id IS NULL")
