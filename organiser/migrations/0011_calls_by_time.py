"""Calls are found by when they were told of, whatever came of them: today's, among the calls of years.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index in place of another; of told calls only, so that nobody looks for open ones among them."""
    told = sa.text("reported_at IS NOT NULL")
    op.drop_index("ix_call_tenant_id_outcome_reported_at", "call")
    op.create_index(
        "ix_call_reported",
        "call",
        ["tenant_id", "reported_at"],
        sqlite_where=told,
        postgresql_where=told,
    )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
