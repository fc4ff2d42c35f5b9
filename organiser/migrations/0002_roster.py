"""Member lists read in: batches, what each changed, and drafts on their way.

Revision ID: 0002
"""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
