"""Campaigns, call assignments, calls, callers and goals.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campaign_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_campaign_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_campaign_tenant_id_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_tenant_id_organisation_id"),
            ["tenant_id", "organisation_id"],
            unique=False,
        )

    op.create_table(
        "goal",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_goal_percent_is_a_share")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["account.id"], name=op.f("fk_goal_set_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_goal_tenant_id_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_goal")),
        sa.UniqueConstraint(
            "tenant_id", "organisation_id", "measure", name=op.f("uq_goal_tenant_id_organisation_id_measure")
        ),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_goal_tenant_id_organisation_id"), ["tenant_id", "organisation_id"], unique=False
        )

    op.create_table(
        "call_assignment",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["account.id"],
            name=op.f("fk_call_assignment_responsible_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_call_assignment_tenant_id_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            name=op.f("fk_call_assignment_tenant_id_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call_assignment")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "organisation_id",
            name=op.f("uq_call_assignment_tenant_id_campaign_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("call_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_assignment_tenant_id_campaign_id"), ["tenant_id", "campaign_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_call_assignment_tenant_id_organisation_id"),
            ["tenant_id", "organisation_id"],
            unique=False,
        )

    op.create_table(
        "evening",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_evening_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["call_assignment.tenant_id", "call_assignment.id"],
            name=op.f("fk_evening_tenant_id_assignment_id_call_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_evening")),
    )
    with op.batch_alter_table("evening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evening_tenant_id_assignment_id"), ["tenant_id", "assignment_id"], unique=False
        )

    op.create_table(
        "target",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["call_assignment.tenant_id", "call_assignment.id"],
            name=op.f("fk_target_tenant_id_assignment_id_call_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["member.tenant_id", "member.id"],
            name=op.f("fk_target_tenant_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "tenant_id",
            "assignment_id",
            "member_id",
            name=op.f("uq_target_tenant_id_assignment_id_member_id"),
        ),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(
            "ix_target_queue",
            ["tenant_id", "assignment_id", "state", "promised", "tries", "due_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_target_tenant_id_assignment_id"), ["tenant_id", "assignment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_target_tenant_id_member_id"), ["tenant_id", "member_id"], unique=False
        )

    op.create_table(
        "call",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("e164", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=True),
        sa.Column("also_told", sa.JSON(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IS NOT NULL OR call_back_at IS NULL", name=op.f("ck_call_call_back_needs_outcome")
        ),
        sa.ForeignKeyConstraint(["caller_id"], ["account.id"], name=op.f("fk_call_caller_id_account")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["member.tenant_id", "member.id"],
            name=op.f("fk_call_tenant_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "target_id"],
            ["target.tenant_id", "target.id"],
            name=op.f("fk_call_tenant_id_target_id_target"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_tenant_id_caller_id_taken_at"),
            ["tenant_id", "caller_id", "taken_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_call_tenant_id_member_id"), ["tenant_id", "member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_call_tenant_id_outcome_reported_at"),
            ["tenant_id", "outcome", "reported_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_call_tenant_id_target_id"), ["tenant_id", "target_id"], unique=False
        )
        batch_op.create_index(
            "uq_call_open_caller",
            ["tenant_id", "caller_id"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
        )
        batch_op.create_index(
            "uq_call_open_member",
            ["tenant_id", "member_id"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
        )
        batch_op.create_index(
            "uq_call_open_number",
            ["tenant_id", "e164"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND given_back_at IS NULL"),
        )

    op.create_table(
        "invitation",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evening_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evening_id"],
            ["evening.tenant_id", "evening.id"],
            name=op.f("fk_invitation_tenant_id_evening_id_evening"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f("uq_invitation_tenant_id_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_tenant_id_evening_id"), ["tenant_id", "evening_id"], unique=False
        )

    op.create_table(
        "shift",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evening_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_shift_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["call_assignment.tenant_id", "call_assignment.id"],
            name=op.f("fk_shift_tenant_id_assignment_id_call_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invitation_id"],
            ["invitation.tenant_id", "invitation.id"],
            name=op.f("fk_shift_tenant_id_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evening_id"],
            ["evening.tenant_id", "evening.id"],
            name=op.f("fk_shift_tenant_id_evening_id_evening"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_shift")),
        sa.UniqueConstraint("tenant_id", "invitation_id", name=op.f("uq_shift_tenant_id_invitation_id")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shift_tenant_id_account_id"), ["tenant_id", "account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_shift_tenant_id_assignment_id"), ["tenant_id", "assignment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_shift_tenant_id_evening_id"), ["tenant_id", "evening_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_shift_tenant_id_invitation_id"), ["tenant_id", "invitation_id"], unique=False
        )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
