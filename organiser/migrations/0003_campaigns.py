"""Campaigns, call assignments, calls, callers and goals.

Revision ID: 0003
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
