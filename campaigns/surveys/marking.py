"""Write to the member what a chosen option says of them: a task, a skill, a drive, a training wish."""

from typing import Any

from campaigns.surveys import queries
from campaigns.surveys.kinds import Mark, Option
from campaigns.surveys.models import Question
from organiser.core.database import db
from organiser.members.kinds import TagKind
from organiser.members.models import Member
from organiser.members.services import By
from organiser.members.tag_services import put_tags

TAGS = {
    Mark.TASK: TagKind.TASK,
    Mark.SKILL: TagKind.SKILL,
    Mark.DRIVE: TagKind.DRIVE,
    Mark.TRAINING: TagKind.TRAINING,
}


def write_marks(
    member: Member, question: Question, said: Any, by: By, also: frozenset[Mark] = frozenset()
) -> None:
    """The member's tags from this question are exactly what ``said`` (the standing answer, or None) chooses
    among its marked options. ``also``: marks its options had before and that are to be cleared.
    """
    for mark in sorted(question.marks | also):
        names = [option.sv or option.en for option in chosen_options(question, said) if option.mark is mark]
        put_tags(member, TAGS[mark], names, source_ref(question), by)


def mark_again(question: Question, before: frozenset[Mark], by: By) -> None:
    """After its options changed what they say: of everybody with a standing answer. ``before``: the marks
    they had.
    """
    for answer in db.session.scalars(queries.standing_answers_to(question.id)).all():
        answer.says_yes = says_yes(question, answer.value)
        write_marks(answer.submission.member, question, answer.value, by, before - {Mark.NONE})
    db.session.flush()


def chosen_options(question: Question, said: Any) -> list[Option]:
    """The options an answer chooses, in the question's order."""
    chosen = said if isinstance(said, list) else [said]
    return [option for option in question.choices if option.key in chosen]


def says_yes(question: Question, said: Any) -> bool:
    """Whether the answer chooses an option that is marked as a task."""
    return any(option.mark is Mark.TASK for option in chosen_options(question, said))


def source_ref(question: Question) -> str:
    """Where the member's tags from this question say that they come from."""
    return f"survey:{question.survey_id}:{question.id}"
