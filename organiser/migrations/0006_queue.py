"""Campaigns know whom, when and how often they ring; turns, rest, held numbers and follow-ups.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _campaigns()
    _targets()
    _calls()
    _held_numbers()
    _follow_ups()


def _campaigns() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("audience", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("rules", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("survey_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(
            op.f("fk_campaign_tenant_id_survey_id_survey"),
            "survey",
            ["tenant_id", "survey_id"],
            ["tenant_id", "id"],
            ondelete="CASCADE",
        )
        batch.create_index(op.f("ix_campaign_tenant_id_survey_id"), ["tenant_id", "survey_id"])
    with op.batch_alter_table("campaign") as batch:
        batch.alter_column("audience", server_default=None, existing_type=sa.JSON(), existing_nullable=False)
        batch.alter_column("rules", server_default=None, existing_type=sa.JSON(), existing_nullable=False)


def _targets() -> None:
    """What was promised goes first, then members never tried, then the others by when their time comes."""
    with op.batch_alter_table("target") as batch:
        batch.add_column(sa.Column("campaign_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("turn", sa.SmallInteger(), nullable=True))
    op.execute(
        "UPDATE target SET turn = CASE WHEN promised THEN 0 WHEN tries = 0 THEN 1 ELSE 2 END,"
        " due_at = coalesce(due_at, created_at), campaign_id = (SELECT call_assignment.campaign_id"
        " FROM call_assignment WHERE call_assignment.tenant_id = target.tenant_id"
        " AND call_assignment.id = target.assignment_id)"
    )
    with op.batch_alter_table("target") as batch:
        batch.drop_index("ix_target_queue")
        batch.drop_column("promised")
        batch.alter_column("campaign_id", nullable=False, existing_type=sa.Uuid())
        batch.alter_column("turn", nullable=False, existing_type=sa.SmallInteger())
        batch.alter_column("due_at", nullable=False, existing_type=sa.DateTime(timezone=True))
        batch.create_foreign_key(
            op.f("fk_target_tenant_id_campaign_id_campaign"),
            "campaign",
            ["tenant_id", "campaign_id"],
            ["tenant_id", "id"],
            ondelete="CASCADE",
        )
        batch.create_index(op.f("ix_target_tenant_id_campaign_id"), ["tenant_id", "campaign_id"])
        for name, column in (("ix_target_queue", "assignment_id"), ("ix_target_pool", "campaign_id")):
            batch.create_index(name, ["tenant_id", column, "state", "turn", "due_at", "id"])


def _calls() -> None:
    """Whom somebody rang before this version rests as their place in the queue says."""
    with op.batch_alter_table("call") as batch:
        batch.drop_index("uq_call_open_number")
        batch.add_column(sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE call SET rests_until = (SELECT target.due_at FROM target"
        " WHERE target.tenant_id = call.tenant_id AND target.id = call.target_id)"
        " WHERE outcome IS NOT NULL AND outcome != 'skipped' AND given_back_at IS NULL"
    )


def _held_numbers() -> None:
    op.create_table(
        "held_number",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("e164", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_held_number_tenant_id_call_id_call"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_held_number")),
        sa.UniqueConstraint("tenant_id", "e164", name=op.f("uq_held_number_tenant_id_e164")),
    )
    op.create_index(op.f("ix_held_number_tenant_id_call_id"), "held_number", ["tenant_id", "call_id"])
    op.execute(
        "INSERT INTO held_number (tenant_id, id, call_id, e164) SELECT tenant_id, id, id, e164 FROM call"
        " WHERE outcome IS NULL AND given_back_at IS NULL"
    )


def _follow_ups() -> None:
    op.create_table(
        "follow_up",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], ["account.id"], name=op.f(f"fk_follow_up_{column}_account"), ondelete="SET NULL"
            )
            for column in ("owner_id", "done_by_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{table}.tenant_id", f"{table}.id"],
                name=op.f(f"fk_follow_up_tenant_id_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in _PARENTS
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("tenant_id", "call_id", "kind", name=op.f("uq_follow_up_tenant_id_call_id_kind")),
    )
    for column, _table in _PARENTS:
        op.create_index(op.f(f"ix_follow_up_tenant_id_{column}"), "follow_up", ["tenant_id", column])
    op.create_index("ix_follow_up_open", "follow_up", ["tenant_id", "assignment_id", "done_at", "due_on"])
    _from_flags()
    op.execute("ALTER TABLE call DROP COLUMN handled_at")  # its follow-up says so now


_PARENTS = (
    ("assignment_id", "call_assignment"),
    ("target_id", "target"),
    ("member_id", "member"),
    ("call_id", "call"),
)


def _from_flags() -> None:
    """Whoever waited for an organiser has a follow-up: of each call that flagged them or left a message."""
    op.execute(
        "INSERT INTO follow_up (tenant_id, id, assignment_id, target_id, member_id, call_id, kind, words,"
        " owner_id, due_on, created_at, done_at, done_by_id, deed, note)"
        " SELECT call.tenant_id, call.id, target.assignment_id, call.target_id, call.member_id, call.id,"
        " CASE WHEN call.outcome IN ('language', 'wants_to_leave', 'says_left', 'deceased') THEN call.outcome"
        " WHEN target.state = 'no_number' THEN 'no_number' ELSE 'message' END,"
        " call.message, call_assignment.responsible_id, date(call.reported_at), call.reported_at,"
        " call.handled_at, NULL, '', ''"
        " FROM call JOIN target ON target.tenant_id = call.tenant_id AND target.id = call.target_id"
        " JOIN call_assignment ON call_assignment.tenant_id = target.tenant_id"
        " AND call_assignment.id = target.assignment_id"
        " WHERE call.outcome IN ('language', 'wants_to_leave', 'says_left', 'deceased')"
        " OR (call.outcome IS NOT NULL AND call.message != '')"
        " OR (call.outcome IN ('wrong_number', 'out_of_service') AND target.state = 'no_number')"
    )


def downgrade() -> None:
    raise NotImplementedError("a register is restored from a backup, never downgraded")
