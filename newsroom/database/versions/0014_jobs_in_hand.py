"""A job's run is in somebody's hands for a time, and a job remembers that it fails."""

import sqlalchemy as sa
from alembic import op

from newsroom.database.tables import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a claim and a failure are known by; what runs now is in nobody's hands."""
    op.add_column("job_run", sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("job_run", sa.Column("lease_until", Moment(), nullable=True))
    op.add_column(
        "job_run", sa.Column("failures", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("job_run", sa.Column("failing_since", Moment(), nullable=True))
    op.add_column("job_run", sa.Column("next_at", Moment(), nullable=True))
    op.execute("UPDATE job_run SET failures = 1, failing_since = started WHERE state = 'failed'")
