"""A survey, its questions in order, one submission a member, and every answer that was ever given."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.surveys.kinds import Mark, Option, QuestionKind
from organiser.accounts.models import Account
from organiser.core.database import CreatedAt, unique_while
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.members.kinds import Source
from organiser.members.models import Member
from organiser.orgs.models import Organisation


class Survey(Tenanted):
    """Questions a unit wants to ask its members, in one or two languages. ``key``: its name in files."""

    __tablename__ = "survey"

    organisation_id, organisation = belongs_to(Organisation)
    key: Mapped[str]
    title_sv: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    intro_sv: Mapped[str] = mapped_column(default="")
    intro_en: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    questions: Mapped[list[Question]] = relationship(
        primaryjoin="and_(Question.survey_id == Survey.id, Question.tenant_id == Survey.tenant_id)",
        foreign_keys="Question.survey_id",
        back_populates="survey",
        order_by="Question.position, Question.id",
    )

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        return self.closed_at is None

    @property
    def standing(self) -> list[Question]:
        """The questions that are put, in order; those laid aside are left out."""
        return [question for question in self.questions if question.removed_at is None]


class Question(Tenanted):
    """One question, or a text to read out. One that is laid aside keeps its answers. ``options``: as
    ``Option.as_json`` writes them.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("tenant_id", "survey_id", "key"),)

    survey_id, survey = belongs_to(Survey, back_populates="questions")
    position: Mapped[int]
    key: Mapped[str]
    kind: Mapped[QuestionKind]
    section_sv: Mapped[str] = mapped_column(default="")
    section_en: Mapped[str] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(default=False)
    text_sv: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    help_sv: Mapped[str] = mapped_column(default="")
    help_en: Mapped[str] = mapped_column(default="")
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    most: Mapped[int | None]
    low: Mapped[int | None]
    high: Mapped[int | None]
    low_sv: Mapped[str] = mapped_column(default="")
    low_en: Mapped[str] = mapped_column(default="")
    high_sv: Mapped[str] = mapped_column(default="")
    high_en: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def choices(self) -> tuple[Option, ...]:
        """Every option there is or has been, in order."""
        return tuple(Option.of(stored) for stored in self.options)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options to choose among now."""
        return tuple(option for option in self.choices if not option.gone)

    @property
    def marks(self) -> frozenset[Mark]:
        """What its options may say of a member."""
        return frozenset(option.mark for option in self.choices) - {Mark.NONE}


class Submission(Tenanted):
    """What one member has answered in one survey. ``counts_at``: when it began to count as a submission;
    none while no answer stands.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("tenant_id", "survey_id", "member_id"),
        Index(None, "tenant_id", "counts_at"),
    )

    survey_id, survey = belongs_to(Survey)
    member_id, member = belongs_to(Member)
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    counts_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    source: Mapped[Source]

    by: Mapped[Account | None] = relationship()


class Answer(Tenanted):
    """What was answered to one question, by whom it was noted and when; it stands until it is replaced or
    taken back, and is kept then too. ``says_yes``: it names a task the member wants to do. ``call_id``: the
    call it was said in; ``replaced_in``: the call that replaced it or took it back.
    """

    __tablename__ = "answer"
    __table_args__ = (
        unique_while(
            "replaced_at IS NULL", "uq_answer_standing", "tenant_id", "submission_id", "question_id"
        ),
        Index(None, "tenant_id", "call_id"),
        Index(None, "tenant_id", "replaced_in"),
    )

    submission_id, submission = belongs_to(Submission)
    question_id, question = belongs_to(Question)
    value: Mapped[Any] = mapped_column(JSON)
    says_yes: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    source: Mapped[Source]
    call_id: Mapped[UUID | None]
    replaced_at: Mapped[datetime | None]
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    replaced_in: Mapped[UUID | None]

    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])
