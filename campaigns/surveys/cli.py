"""``ringlista survey``: load a survey from a file into a unit, and list those there are."""

from pathlib import Path

import click
from flask_babel import force_locale

from campaigns.surveys import queries, words
from campaigns.surveys.loading import load_survey
from campaigns.surveys.models import Survey
from campaigns.surveys.survey_file import NotASurveyFile
from organiser.core import clock
from organiser.core.database import db
from organiser.members.services import By
from organiser.orgs.cli import entered, organisation_option, tenant_option
from organiser.orgs.models import Organisation
from organiser.web.command import Refused, in_app, in_app_writing


@click.group("survey")
def survey_cli() -> None:
    """What is asked in calls."""


@survey_cli.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation_option
@tenant_option
@in_app_writing
def load(file: Path, organisation: str, tenant: str | None) -> None:
    """Load the survey in FILE (YAML) as a survey of a unit.

    Loading it once more changes nothing: a survey with that key stays as it is, also where the file has
    changed since.
    """
    with entered(organisation, tenant) as unit:
        known = set(db.session.scalars(queries.surveys_of(unit.id).with_only_columns(Survey.id)))
        survey = _loaded(unit, file)
        done = "is there already" if survey.id in known else "loaded"
        asked = sum(question.kind.is_asked for question in survey.standing)
        click.echo(f"{survey.key}: {asked} questions, {done}: {survey.id}")


def _loaded(unit: Organisation, file: Path) -> Survey:
    try:
        return load_survey(unit, file.read_bytes().decode("utf-8-sig"), By(None, clock.now()))
    except UnicodeDecodeError:
        raise Refused("Nothing was loaded. The file is not text in UTF-8.") from None
    except NotASurveyFile as error:
        with force_locale("en"):
            faults = "\n".join(words.file_fault(fault) for fault in error.faults)
        raise Refused(f"Nothing was loaded.\n{faults}") from None


@survey_cli.command("list")
@organisation_option
@tenant_option
@in_app
def list_surveys(organisation: str, tenant: str | None) -> None:
    """List the surveys of a unit, latest first: key, questions, members who have answered, open or closed."""
    with entered(organisation, tenant) as unit:
        surveys = db.session.scalars(queries.with_questions(queries.surveys_of(unit.id))).all()
        counted = queries.submissions_counted([survey.id for survey in surveys])
        answered = dict(db.session.execute(counted).all())
        for survey in surveys:
            asked = sum(question.kind.is_asked for question in survey.standing)
            stands = "open" if survey.is_open else "closed"
            numbers = f"{asked} questions, {answered.get(survey.id, 0)} members have answered, {stands}"
            click.echo(f"{survey.key}: {numbers}: {survey.id}")
