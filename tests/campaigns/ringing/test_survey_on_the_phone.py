"""The survey during a call: one question at a time, saved as it is tapped, and never lost."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaigns.queue.models import Call, Campaign
from campaigns.queue.outcomes import Outcome
from campaigns.surveys.models import Answer, Question
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from tests.builders import Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import SCRIPT, another, begin, stored, tell
from tests.campaigns.surveys.asked import HELP, LEVEL, NEWS, READ, YEARS, a_survey
from tests.page import fields, get, post, words

STANDING = select(Answer).where(Answer.replaced_at.is_(None)).order_by(Answer.at, Answer.id)


@pytest.fixture
def questions(make: Builders, tonight: Night) -> dict[str, str]:
    """What the campaign asks: a text to read out, then four questions; key to id."""
    with make.storing(tonight.tree.tenant_id):
        survey = a_survey(tonight.tree.district, READ, LEVEL, HELP, NEWS, YEARS)
        db.session.flush()
        db.session.execute(update(Campaign).values(survey_id=survey.id))
        return {key: str(id_) for key, id_ in db.session.execute(select(Question.key, Question.id))}


@pytest.fixture
def url(make: Builders, phone: FlaskClient, tonight: Night, questions: dict[str, str]) -> str:
    """A call under way."""
    make_targets(make, tonight.assignment, 2)
    return begin(phone, tonight)


def answers(make: Builders, night: Night) -> list[Any]:
    """The answers that stand, in the order they were given."""
    return [answer.value for answer in stored(make, night, STANDING)]


def asked(page: Any) -> str:
    """Which question stands on the page."""
    return fields(page).get("question", "")


def test_one_question_stands_at_a_time_with_how_far_one_has_come(
    phone: FlaskClient, url: str, questions: dict[str, str]
) -> None:
    first = get(phone, url)
    assert "Läs upp: tack!" in words(first)
    assert asked(first) == ""
    second = get(phone, f"{url}?question={questions['level']}")
    assert asked(second) == questions["level"]
    assert re.search(r"(Fråga 1 av 4|Question 1 of 4)", words(second))
    assert "Nyhetsbrev?" not in words(second)


def test_an_answer_is_saved_and_the_next_question_comes(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    sent = {"question": questions["level"], "value": "some", "go": "next"}
    following = str(post(phone, f"{url}/answers", sent).location)
    assert asked(get(phone, following)) == questions["help"]
    assert answers(make, tonight) == ["some"]
    assert asked(get(phone, url)) == questions["help"]


def test_the_same_answer_twice_is_one(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    for _ in range(2):
        post(phone, f"{url}/answers", {"question": questions["level"], "value": "some"})
    [kept] = stored(make, tonight, select(Answer))
    [call] = stored(make, tonight, select(Call))
    assert (kept.value, kept.call_id, kept.by_id) == ("some", call.id, tonight.anton.id)


def test_a_question_is_skipped_gone_back_to_and_its_answer_changed(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    post(phone, f"{url}/answers", {"question": questions["level"], "value": "some"})
    page = get(phone, f"{url}?question={questions['help']}")
    assert f"{url}?question={questions['news']}" in page.text  # skip
    assert f"{url}?question={questions['level']}" in page.text  # back, and in what is saved
    assert re.search(r"(1 svar sparat|1 answer saved)", words(page))
    assert answers(make, tonight) == ["some"]
    post(phone, f"{url}/answers", {"question": questions["level"], "value": "lot"})
    assert answers(make, tonight) == ["lot"]


def test_after_the_last_question_it_says_how_many_are_answered(
    phone: FlaskClient, url: str, questions: dict[str, str]
) -> None:
    sent = {"question": questions["years"], "value": "12"}
    page = get(phone, str(post(phone, f"{url}/answers", sent).location))
    assert re.search(r"(1 av 4 är besvarade|1 of 4 are answered)", words(page))


def test_a_script_gets_the_next_question_or_only_that_it_is_saved(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    sent: dict[str, Any] = {"question": questions["level"], "value": "lot", "go": "next"}
    part = post(phone, f"{url}/answers", sent, status=200, headers=SCRIPT)
    assert asked(part) == questions["help"]
    assert "<html" not in part.text
    sent = {"question": questions["help"], "value": ["", "drive", "write"]}
    kept = post(phone, f"{url}/answers", sent, status=200, headers=SCRIPT)
    assert kept.headers["HX-Retarget"] == "#survey-saved"
    assert asked(kept) == ""
    assert answers(make, tonight) == ["lot", ["drive", "write"]]


def test_a_script_fetches_one_question_without_the_page(
    phone: FlaskClient, url: str, questions: dict[str, str]
) -> None:
    headers = {**SCRIPT, "HX-Target": "section#survey"}
    part = get(phone, f"{url}?question={questions['news']}", headers=headers)
    assert asked(part) == questions["news"]
    assert "<html" not in part.text


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_what_is_no_answer_says_so_at_the_question_and_keeps_nothing(
    make: Builders,
    phone: FlaskClient,
    tonight: Night,
    url: str,
    questions: dict[str, str],
    headers: dict[str, str],
) -> None:
    sent = {"question": questions["years"], "value": "många", "go": "next"}
    page = post(phone, f"{url}/answers", sent, status=422, headers=headers)
    assert "många" in page.text
    assert 'class="error"' in page.text
    assert answers(make, tonight) == []


def test_a_question_of_another_survey_is_not_there(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    with make.storing(tonight.tree.tenant_id):
        survey = a_survey(tonight.tree.district, NEWS, title="En annan")
        db.session.flush()
        foreign = db.session.scalars(select(Question.id).where(Question.survey_id == survey.id)).one()
    for question in (foreign, uuid7(), "no id", questions["read"]):
        post(phone, f"{url}/answers", {"question": str(question), "value": "yes"}, status=404)
    for question in (foreign, uuid7(), "nonsense"):
        get(phone, f"{url}?question={question}", status=404)
    assert answers(make, tonight) == []


def test_a_call_of_a_campaign_without_a_survey_asks_nothing(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    with make.storing(tonight.tree.tenant_id):
        db.session.execute(update(Campaign).values(survey_id=None))
    assert 'id="survey"' not in get(phone, url).text
    post(phone, f"{url}/answers", {"question": questions["level"], "value": "some"}, status=404)


def test_nobody_answers_in_a_call_dealt_to_another(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    britta = another(make, tonight, tonight.britta)
    post(britta, f"{url}/answers", {"question": questions["level"], "value": "some"}, status=404)
    assert answers(make, tonight) == []


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_call_that_is_over_takes_no_answers_and_repeats_none(
    make: Builders,
    phone: FlaskClient,
    tonight: Night,
    url: str,
    questions: dict[str, str],
    headers: dict[str, str],
) -> None:
    tell(phone, url, "talked")
    sent = {"question": questions["years"], "value": "4711"}
    page = post(phone, f"{url}/answers", sent, status=409, headers=headers)
    assert "4711" not in page.text
    assert "Ek" not in words(page).replace("Anton Ek", "")
    assert answers(make, tonight) == []


def test_what_stood_unsaved_goes_with_how_the_call_went(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    tell(phone, url, "talked", question=questions["years"], value="12")
    assert answers(make, tonight) == [12]
    assert Outcome.TALKED in stored(make, tonight, select(Call.outcome))


def test_an_unsaved_answer_that_cannot_be_read_does_not_stand_in_the_way(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    for question, value in ((questions["years"], "många"), (str(uuid7()), "12")):
        answer = tell(phone, url, "no_answer", question=question, value=value)
        page = get(phone, str(answer.location))
        assert re.search("gick inte att läsa|could not be read", words(page))
        url = str(answer.location).partition("?")[0]
    assert answers(make, tonight) == []
    assert [call.outcome for call in stored(make, tonight, select(Call))] == [Outcome.NO_ANSWER] * 2


def test_an_answer_outlives_that_the_outcome_is_taken_back(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    post(phone, f"{url}/answers", {"question": questions["level"], "value": "some"})
    tell(phone, url, "no_calls")
    post(phone, f"{url}/undoing")
    assert answers(make, tonight) == ["some"]


def test_a_closed_survey_is_not_put(
    make: Builders, phone: FlaskClient, tonight: Night, url: str, questions: dict[str, str]
) -> None:
    with make.storing(tonight.tree.tenant_id):
        question = db.session.scalars(select(Question).where(Question.id == UUID(questions["level"]))).one()
        question.survey.closed_at = clock.now()
    assert 'id="survey"' not in get(phone, url).text
