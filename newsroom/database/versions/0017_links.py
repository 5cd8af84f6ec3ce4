"""What is known of the links to other sites, and who asks for them."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment
from newsroom.database.told import Told

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen", Moment(), nullable=False),
        sa.Column("seen", Moment(), nullable=False),
        sa.Column("asked", Moment(), nullable=True),
        sa.Column("lead", sa.String(length=16), nullable=True),
        sa.Column("why", Told(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("last_good", Moment(), nullable=True),
        sa.Column("bad_since", Moment(), nullable=True),
        sa.Column("bad_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("told", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_link_seen", "link", ["seen"])
    op.create_table(
        "link_round",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("begun", Moment(), nullable=False),
        sa.Column("finished", Moment(), nullable=True),
        sa.Column("holder", sa.String(length=100), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
