"""Evenings for a whole campaign, links that hang on the wall, and the caller's own number.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NEW = {
    "evening": [("whole_campaign", sa.Boolean(), sa.false())],
    "invitation": [("email", sa.String(), ""), ("shared", sa.Boolean(), sa.false())],
    "shift": [("whole_campaign", sa.Boolean(), sa.false()), ("own_number", sa.String(), "")],
}


def upgrade() -> None:
    for table, columns in NEW.items():
        with op.batch_alter_table(table) as batch:
            for name, kind, begin in columns:
                batch.add_column(sa.Column(name, kind, nullable=False, server_default=begin))
        with op.batch_alter_table(table) as batch:
            for name, kind, _begin in columns:
                batch.alter_column(name, server_default=None, existing_type=kind, existing_nullable=False)


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
