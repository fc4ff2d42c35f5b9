"""Kept totals: what each member has come to, each unit's numbers, and how they stood on earlier days.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; ``campaigns.totals.filling`` fills them for a register that has members already."""
    op.create_table(
        "standing",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("callable", sa.Boolean(), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("turns_back_on", sa.Date(), nullable=True),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("surveyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_tenant_id_organisation_id_last_at"),
            ["tenant_id", "organisation_id", "last_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_standing_turns",
            ["tenant_id", "turns_on"],
            unique=False,
            sqlite_where=sa.text("turns_on IS NOT NULL"),
            postgresql_where=sa.text("turns_on IS NOT NULL"),
        )

    op.create_table(
        "total",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("callable", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("contacted", sa.Integer(), nullable=False),
        sa.Column("contacted_callable", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Integer(), nullable=False),
        sa.Column("talked_callable", sa.Integer(), nullable=False),
        sa.Column("surveyed", sa.Integer(), nullable=False),
        sa.Column("surveyed_callable", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("active_callable", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_total_tenant_id_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_total")),
    )
    op.create_table(
        "total_day",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("callable", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("contacted", sa.Integer(), nullable=False),
        sa.Column("contacted_callable", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Integer(), nullable=False),
        sa.Column("talked_callable", sa.Integer(), nullable=False),
        sa.Column("surveyed", sa.Integer(), nullable=False),
        sa.Column("surveyed_callable", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("active_callable", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_total_day_tenant_id_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_total_day")),
        sa.UniqueConstraint(
            "tenant_id", "organisation_id", "on", name=op.f("uq_total_day_tenant_id_organisation_id_on")
        ),
    )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
