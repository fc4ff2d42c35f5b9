"""Tags: what members are known for, and what they said they can, like and want to learn.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables of tags."""
    op.create_table(
        "tag",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "sort_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tag")),
        sa.UniqueConstraint("tenant_id", "kind", "key", name=op.f("uq_tag_tenant_id_kind_key")),
    )
    op.create_table(
        "member_tag",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["member.tenant_id", "member.id"],
            name=op.f("fk_member_tag_tenant_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tag_id"],
            ["tag.tenant_id", "tag.id"],
            name=op.f("fk_member_tag_tenant_id_tag_id_tag"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_member_tag")),
        sa.UniqueConstraint(
            "tenant_id",
            "member_id",
            "tag_id",
            "source_ref",
            name=op.f("uq_member_tag_tenant_id_member_id_tag_id_source_ref"),
        ),
    )
    with op.batch_alter_table("member_tag", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_tag_tenant_id_member_id"), ["tenant_id", "member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_member_tag_tenant_id_tag_id"), ["tenant_id", "tag_id"], unique=False
        )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
