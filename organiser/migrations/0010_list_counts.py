"""Two kept numbers of every call list: how many are on it, and how many are left to ring.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and count once who stands on the lists there are."""
    op.create_table(
        "list_count",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_list", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id"],
            ["call_assignment.tenant_id", "call_assignment.id"],
            name=op.f("fk_list_count_tenant_id_id_call_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_list_count")),
    )
    op.execute(
        'INSERT INTO list_count (tenant_id, id, on_list, "left")'
        " SELECT tenant_id, assignment_id, sum(CASE WHEN state = 'outside' THEN 0 ELSE 1 END),"
        " sum(CASE WHEN state = 'queued' THEN 1 ELSE 0 END) FROM target GROUP BY tenant_id, assignment_id"
    )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
