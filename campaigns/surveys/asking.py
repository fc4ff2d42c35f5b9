"""A survey as it is asked of one member: its questions in order, what was answered, and what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaigns.surveys import queries
from campaigns.surveys.kinds import QuestionKind
from campaigns.surveys.models import Answer, Question, Survey
from organiser.core.prepared import load
from organiser.members.models import Member


@dataclass(frozen=True, slots=True)
class Item:
    """One question and the answer that stands, if any. ``number``: its place among those that are answered,
    from 1; none for a text to read out.
    """

    question: Question
    answer: Answer | None
    number: int | None

    @property
    def value(self) -> Any:
        """What is filled in: as ``read_answer`` gives it, or none."""
        return self.answer.value if self.answer else None

    @property
    def is_missing(self) -> bool:
        return self.number is not None and self.answer is None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A survey filled in for a member, as far as it has come."""

    survey: Survey
    items: Sequence[Item]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @property
    def answered(self) -> int:
        return sum(item.answer is not None for item in self.items if item.number)

    @property
    def total(self) -> int:
        """How many questions can be answered."""
        return sum(item.number is not None for item in self.items)

    @property
    def next(self) -> Item | None:
        """The first question without an answer; none when all have one."""
        return next((item for item in self.items if item.is_missing), None)

    @property
    def missing(self) -> list[Item]:
        """The questions that ought to be answered and are not."""
        return [item for item in self.items if item.is_missing and item.question.required]

    def item(self, question_id: UUID) -> Item | None:
        """The item of that question; none where it is not put."""
        return next((item for item in self.items if item.question.id == question_id), None)

    def after(self, question_id: UUID) -> Item | None:
        """The item that follows that question, answered or not; none after the last."""
        return self._beside(question_id, 1)

    def before(self, question_id: UUID) -> Item | None:
        """The item before that question; none before the first."""
        return self._beside(question_id, -1)

    def _beside(self, question_id: UUID, step: int) -> Item | None:
        ids = [item.question.id for item in self.items]
        place = ids.index(question_id) + step if question_id in ids else -1
        return self.items[place] if 0 <= place < len(ids) else None


def sheet_of(survey: Survey, member: Member) -> Sheet:
    """The sheet of a member, two questions to the database (one if the survey came ``with_questions``)."""
    standing = load(queries.answers_of(survey.id, member.id)).scalars()
    return sheet_from(survey, {answer.question_id: answer for answer in standing})


def sheet_from(survey: Survey, answers: dict[UUID, Answer]) -> Sheet:
    """The sheet with these answers by question; with none, as a caller first meets it."""
    items, number = [], 0
    for question in survey.standing:
        asked = question.kind is not QuestionKind.INFO
        number += asked
        items.append(Item(question, answers.get(question.id), number if asked else None))
    return Sheet(survey, items)
