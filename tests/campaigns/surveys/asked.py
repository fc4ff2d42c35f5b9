"""Questions, a survey and a member to put them to, each in one line."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaigns.surveys.building import make_survey
from campaigns.surveys.kinds import Mark, Option, QuestionDraft, QuestionKind, SurveyDraft
from campaigns.surveys.models import Answer, Question, Submission, Survey
from campaigns.surveys.services import answer
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.models import Member
from organiser.members.services import By
from organiser.orgs.models import Organisation
from tests.builders import NOON

HELP = QuestionDraft(
    "help",
    QuestionKind.MANY,
    "Vad vill du göra?",
    "What would you do?",
    options=(
        Option("leaflets", "Dela flygblad", "Hand out leaflets", Mark.TASK),
        Option("drive", "Köra bil", "Drive a car", Mark.TASK),
        Option("write", "Skriva", "Writing", Mark.SKILL),
        Option("nothing", "Inget", "Nothing"),
    ),
)
LEVEL = QuestionDraft(
    "level",
    QuestionKind.ONE,
    "Hur aktiv?",
    "How active?",
    required=True,
    options=(Option("some", "Ibland", "Now and then"), Option("lot", "Ofta", "Often")),
)
NEWS = QuestionDraft("news", QuestionKind.YESNO, "Nyhetsbrev?", "Newsletter?")
LIKED = QuestionDraft("liked", QuestionKind.SCALE, "Hur trivs du?", "How is it?", low=1, high=5)
YEARS = QuestionDraft("years", QuestionKind.NUMBER, "Hur många år?", "How many years?", low=0)
WHY = QuestionDraft("why", QuestionKind.TEXT, "Varför?", "Why?")
JOB = QuestionDraft("job", QuestionKind.SHORT, "Arbete?", "Work?")
READ = QuestionDraft("read", QuestionKind.INFO, "Läs upp: tack!", "Read out: thanks!")
ALL = (READ, LEVEL, HELP, NEWS, LIKED, YEARS, JOB, WHY)


def by(minutes: int = 0, account_id: UUID | None = None) -> By:
    """So many minutes past noon."""
    return By(account_id, NOON + timedelta(minutes=minutes))


def unit_of(unit_id: UUID) -> Organisation:
    """The unit, in the tenant we are in."""
    return db.session.scalars(select(Organisation).where(Organisation.id == unit_id)).one()


def a_survey(unit_id: UUID, *drafts: QuestionDraft, title: str = "Enkäten") -> Survey:
    """A survey of the unit with these questions; with one of every kind where none are named."""
    draft = SurveyDraft("enkat", title, "The survey", questions=drafts or ALL)
    return make_survey(uuid7(), unit_of(unit_id), draft, by())


def called(survey: Survey, key: str) -> Question:
    """The survey's question of this key."""
    return next(question for question in survey.questions if question.key == key)


def say(survey: Survey, member: Member, key: str, value: Any, **more: Any) -> Answer | None:
    """The member answers."""
    return answer(survey, member, called(survey, key), value, **{"by": by(), **more})


def submission() -> Submission:
    """The only one there is, as it is stored."""
    return db.session.scalars(select(Submission).execution_options(populate_existing=True)).one()


def history() -> list[tuple[Any, bool]]:
    """Every answer ever kept, oldest first: its value, and whether it stands."""
    rows = db.session.scalars(select(Answer).order_by(Answer.at, Answer.id)).all()
    return [(row.value, row.replaced_at is None) for row in rows]
