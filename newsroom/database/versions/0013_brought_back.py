"""That a database was brought back from a backup, and which secret an address is kept out under."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; under which secret the old rows stand nobody wrote down."""
    op.create_table(
        "restoration",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("taken", Moment(), nullable=False),
        sa.Column("restored", Moment(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("confirmed", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("token"),
    )
    op.add_column("suppression", sa.Column("key", sa.String(length=2), nullable=True))
