"""The results of a survey in a unit: who has answered, and what was said to each question, counted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaigns.surveys import result_queries as queries
from campaigns.surveys.counting import FEW, Result, Said, per_cent, result_of, veiled
from campaigns.surveys.models import Question, Survey
from organiser.core.database import db
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's own members and how many of them have answered; none: some, but too few to show."""

    unit: Organisation
    members: int
    answered: int | None

    @property
    def percent(self) -> int | None:
        return None if self.answered is None else per_cent(self.answered, self.members)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that may be shown of a survey's answers, for the whole unit and for each one below it.

    ``rows``: the units that have members, in Swedish order. ``whole`` and ``parts``: a result for each
    question, by its id, of the whole unit and of each unit that has members.
    """

    survey: Survey
    rows: Sequence[Row]
    members: int
    answered: int | None
    whole: Mapping[UUID, Result]
    parts: Mapping[UUID, Mapping[UUID, Result]]

    @property
    def questions(self) -> list[Question]:
        """The questions that are counted: those that are asked, and those laid aside that have answers."""
        return [
            question
            for question in self.survey.questions
            if question.kind.is_asked and (question.removed_at is None or self._was_answered(question))
        ]

    @property
    def percent(self) -> int | None:
        return None if self.answered is None else per_cent(self.answered, self.members)

    def row(self, unit_id: UUID) -> Row | None:
        """The unit's row; none where it has no members, or stands elsewhere."""
        return next((row for row in self.rows if row.unit.id == unit_id), None)

    def of(self, unit_id: UUID | None) -> Mapping[UUID, Result]:
        """Each question's result in a unit, or (none) in the whole."""
        return self.whole if unit_id is None else self.parts[unit_id]

    def _was_answered(self, question: Question) -> bool:
        whole = self.whole[question.id]
        return whole.hidden or whole.answered > 0


def results_of(survey: Survey) -> Results:
    """Count the survey's standing answers, of current members below its unit: as many questions to the
    database however many units, questions and answers there are.
    """
    units = db.session.scalars(below(survey.organisation_id)).all()
    ids = [unit.id for unit in units]
    members = dict(db.session.execute(queries.members_by_unit(ids)).all())
    answered = dict(db.session.execute(queries.submissions_by_unit(survey.id, ids)).all())
    peopled = [unit for unit in units if unit.id in members]
    hidden, total = veiled(answered), sum(answered.values())
    rows = [
        Row(unit, members[unit.id], None if unit.id in hidden else answered.get(unit.id, 0))
        for unit in peopled
    ]
    said = _said(survey, ids)
    shown = dict(_shown(survey, said, [unit.id for unit in peopled]))
    return Results(
        survey,
        rows,
        sum(members.values()),
        None if 0 < total < FEW else total,
        {question_id: whole for question_id, (whole, _parts) in shown.items()},
        {unit.id: {one: parts[unit.id] for one, (_whole, parts) in shown.items()} for unit in peopled},
    )


def _shown(
    survey: Survey, said: Mapping[UUID, Mapping[UUID, Said]], unit_ids: Sequence[UUID]
) -> Iterator[tuple[UUID, tuple[Result, dict[UUID, Result]]]]:
    """Each question's result in the whole and in each unit, with what must be hidden hidden."""
    for question in survey.questions:
        if not question.kind.is_asked:
            continue
        by_unit = said.get(question.id, {})
        hidden = veiled({unit_id: one.total() for unit_id, one in by_unit.items()})
        everybody: Said = sum(by_unit.values(), Counter())
        parts = {
            unit_id: result_of(question, by_unit.get(unit_id, Counter()), hidden=unit_id in hidden)
            for unit_id in unit_ids
        }
        yield question.id, (result_of(question, everybody), parts)


def _said(survey: Survey, unit_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, Said]]:
    """Question to unit to how many gave each answer."""
    found: dict[UUID, dict[UUID, Said]] = defaultdict(lambda: defaultdict(Counter))
    for question_id, unit_id, told, n in db.session.execute(queries.tallies(survey.id, unit_ids)):
        found[question_id][unit_id][_value(told)] += n
    return found


def _value(told: str | None) -> Any:
    """An answer as it is counted: the keys that were chosen, a number, yes or no; words are all one."""
    value = None if told is None else json.loads(told)
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value
