"""A goal for each measure: a share or a number, of all members or of those who may be rung; and its acts.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The goals there are were shares of all members contacted, and stay so."""
    with op.batch_alter_table("goal") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("base", sa.String(length=40), nullable=False, server_default="members"))
        batch.alter_column("percent", nullable=True, existing_type=sa.Integer())
    with op.batch_alter_table("goal") as batch:
        batch.alter_column("base", server_default=None, existing_type=sa.String(40), existing_nullable=False)
        batch.create_check_constraint(op.f("ck_goal_number_is_somebody"), "number > 0")
        batch.create_check_constraint(
            op.f("ck_goal_either_share_or_number"), "(percent IS NULL) <> (number IS NULL)"
        )
    _changes()


def _changes() -> None:
    op.create_table(
        "goal_change",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_goal_change_tenant_id_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_goal_change")),
    )
    with op.batch_alter_table("goal_change") as batch:
        batch.create_index(op.f("ix_goal_change_tenant_id_act_id"), ["tenant_id", "act_id"])
        batch.create_index(op.f("ix_goal_change_tenant_id_organisation_id"), ["tenant_id", "organisation_id"])


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
