"""Load a survey into a unit: from a file, or the member survey that comes with the program. Only flushes."""

from functools import cache
from importlib.resources import files
from uuid import UUID

from campaigns.surveys import queries
from campaigns.surveys.building import make_survey
from campaigns.surveys.kinds import SurveyDraft
from campaigns.surveys.models import Survey
from campaigns.surveys.survey_file import read_survey
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from organiser.orgs.models import Organisation


@cache
def packaged() -> SurveyDraft:
    """The member survey that comes with the program."""
    return read_survey(files(__package__).joinpath("member_survey.yaml").read_text(encoding="utf-8"))


def load_survey(
    unit: Organisation, text: str, by: By, *, survey_id: UUID | None = None, again: bool = False
) -> Survey:
    """The survey written in ``text`` (YAML), as a survey of ``unit``. Where the unit has one with that key
    already, that one, unless ``again`` asks for another. Raises ``NotASurveyFile``.
    """
    return _load(unit, read_survey(text), by, survey_id, again=again)


def load_packaged(
    unit: Organisation, by: By, *, survey_id: UUID | None = None, again: bool = False
) -> Survey:
    """The packaged member survey as a survey of ``unit``; a second time, the same one."""
    return _load(unit, packaged(), by, survey_id, again=again)


def _load(unit: Organisation, draft: SurveyDraft, by: By, survey_id: UUID | None, *, again: bool) -> Survey:
    known = None if again else db.session.scalars(queries.surveys_called(draft.key, unit.id)).first()
    return known or make_survey(survey_id or uuid7(), unit, draft, by)
