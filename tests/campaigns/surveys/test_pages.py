"""An organiser builds a survey on its pages; nobody's change is lost, and nobody else's survey is met."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.surveys.building import lay_aside
from campaigns.surveys.kinds import Mark, QuestionKind
from campaigns.surveys.models import Question, Survey
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.ids import uuid7
from tests.builders import Builders, Tree
from tests.campaigns.surveys.asked import HELP, LEVEL, NEWS, a_survey, by, called, say
from tests.page import fields, get, links, post, words


@pytest.fixture
def planner(client: FlaskClient, make: Builders, tree: Tree) -> FlaskClient:
    account = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), language="en")
    return make.sign_in(client, account, tree.tenant_id)


def stored(make: Builders, tree: Tree, *drafts: object, unit: object = None) -> Survey:
    with make.storing(tree.tenant_id):
        survey = a_survey(unit or tree.district, *drafts)  # type: ignore[arg-type]
        assert survey.organisation.id
        assert survey.questions
    return survey


def surveys(make: Builders, tree: Tree) -> list[Survey]:
    with make.storing(tree.tenant_id):
        found = db.session.scalars(select(Survey).order_by(Survey.created_at, Survey.id)).all()
        assert all(survey.questions is not None for survey in found)
    return list(found)


def questions(make: Builders, tree: Tree) -> list[Question]:
    with make.storing(tree.tenant_id):
        return list(db.session.scalars(select(Question).order_by(Question.position, Question.id)))


def test_the_packaged_survey_is_made_in_one_step_and_once(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    form = fields(get(planner, "/surveys/new"))
    sent = {"key": form["key"], "unit": str(tree.district)}
    first = post(planner, "/surveys/new", sent)
    again = post(planner, "/surveys/new", sent)
    assert first.location == again.location
    (survey,) = surveys(make, tree)
    assert (survey.title_sv, len(survey.standing)) == ("Medlemsenkät", 17)
    page = words(get(planner, first.location))
    assert "What would you like to help with?" in page
    assert "Hand out leaflets, Staff a stall" in page


def test_an_empty_survey_must_have_a_name(planner: FlaskClient, make: Builders, tree: Tree) -> None:
    page = post(planner, "/surveys/new?begin=empty", {"unit": str(tree.falun), "title_sv": " "}, status=422)
    assert "Write what the survey is called." in words(page)
    assert surveys(make, tree) == []
    post(planner, "/surveys/new?begin=empty", {"unit": str(tree.falun), "title_sv": "Vår enkät"})
    (survey,) = surveys(make, tree)
    assert (survey.key, survey.title_sv, survey.organisation_id) == ("var_enkat", "Vår enkät", tree.falun)


def test_a_file_with_faults_is_refused_with_all_of_them_by_line(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    text = "key: x\nquestions:\n  - {key: a, type: one, sv: A}\n  - {key: a, type: foo, sv: B}\n"
    data = {"unit": str(tree.district), "file": (io.BytesIO(text.encode()), "x.yaml")}
    page = words(post(planner, "/surveys/new?begin=file", data, status=422))
    for line in (
        "Line 3: a: Write at least two answers to choose among.",
        "Line 4: “a” stands twice",
        "Line 4: type “foo” is not known",
    ):
        assert line in page
    for content, said in ((b"\xff\xfe", "not text in UTF-8"), (b"a: [", "cannot be read as YAML")):
        data = {"unit": str(tree.district), "file": (io.BytesIO(content), "x.yaml")}
        assert said in words(post(planner, "/surveys/new?begin=file", data, status=422))
    assert surveys(make, tree) == []


def test_a_file_and_a_copy_of_it_ask_the_same(planner: FlaskClient, make: Builders, tree: Tree) -> None:
    options = "{p: P, q: {sv: Q, mark: skill}}"
    text = f"key: x\ntitle: Ny\nquestions:\n  - {{key: a, type: one, sv: A, options: {options}}}\n"
    data = {"unit": str(tree.district), "file": (io.BytesIO(text.encode()), "x.yaml")}
    post(planner, "/surveys/new?begin=file", data)
    (survey,) = surveys(make, tree)
    post(planner, "/surveys/new?begin=copy", {"unit": str(tree.falun), "copy_of": str(survey.id)})
    _, copy = surveys(make, tree)
    assert (copy.title_sv, copy.organisation_id) == ("Ny", tree.falun)
    assert copy.questions[0].options == survey.questions[0].options
    assert copy.questions[0].choices[1].mark is Mark.SKILL


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_question_of_every_kind_is_added_and_drawn_for_the_caller(
    planner: FlaskClient, make: Builders, tree: Tree, kind: QuestionKind
) -> None:
    survey = stored(make, tree, NEWS)
    url = f"/surveys/{survey.id}/questions/new?kind={kind}"
    form = fields(get(planner, url))
    more = {"more": "Köra bil | Drive a car\nBaka\tBake", "more_mark": "task"} if kind.has_options else {}
    bounds = {"low": "1", "high": "4"} if kind.has_bounds else {}
    sent = {"key": form["key"], "text_sv": "Ny fråga?", "text_en": "New one?", **more, **bounds}
    post(planner, url, sent)
    post(planner, url, sent)
    _, added = questions(make, tree)
    assert (added.kind, added.key, added.position) == (kind, "ny_fraga", 1)
    if kind.has_options:
        assert [(one.key, one.sv, one.en, one.mark) for one in added.choices] == [
            ("kora_bil", "Köra bil", "Drive a car", Mark.TASK),
            ("baka", "Baka", "Bake", Mark.TASK),
        ]
    page = words(get(planner, f"/surveys/{survey.id}/preview"))
    assert "New one?" in page
    assert ("Drive a car" in page) == kind.has_options


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("one", {"text_sv": ""}, "Write the question in at least one language."),
        ("one", {"text_sv": "A", "more": "en"}, "Write at least two answers to choose among."),
        ("many", {"text_sv": "A", "more": "en\nEn"}, "Two answers read the same."),
        ("many", {"text_sv": "A", "more": "a\nb", "most": "x"}, "Not a valid integer value."),
        ("many", {"text_sv": "A", "more": "a\nb", "most": "0"}, "Write a whole number from 1 to 60."),
        ("scale", {"text_sv": "A", "low": "", "high": ""}, "Write a whole number."),
        ("scale", {"text_sv": "A", "low": "5", "high": "1"}, "The highest number must be above the lowest."),
        ("scale", {"text_sv": "A", "low": "0", "high": "100"}, "at most 11 steps"),
        ("text", {"text_sv": "x" * 2001}, "Use at most 2000 characters."),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(
    planner: FlaskClient, make: Builders, tree: Tree, kind: str, sent: dict[str, str], said: str
) -> None:
    survey = stored(make, tree, NEWS)
    page = words(post(planner, f"/surveys/{survey.id}/questions/new?kind={kind}", sent, status=422))
    assert said in page
    assert len(questions(make, tree)) == 1


def test_an_emptied_answer_is_offered_no_more_and_kept_for_those_who_chose_it(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey, member = stored(make, tree, HELP), make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.tenant_id):
        say(survey, member, "help", ["drive"])
    url = f"/surveys/{survey.id}/questions/{called(survey, 'help').id}"
    sent = {
        **fields(get(planner, url)),
        "text_sv": "Vad då?",
        "options-1-sv": "",
        "options-1-en": "",
        "more": "Laga mat",
    }
    post(
        planner,
        url,
        {
            **sent,
            **dict.fromkeys(("options-0-mark", "options-1-mark"), "task"),
            "options-2-mark": "drive",
            "options-3-mark": "none",
            "more_mark": "none",
        },
    )
    (question,) = questions(make, tree)
    assert question.text_sv == "Vad då?"
    assert [one.key for one in question.offered] == ["leaflets", "write", "nothing", "laga_mat"]
    assert [one.key for one in question.choices if one.gone] == ["drive"]
    assert question.offered[1].mark is Mark.DRIVE


def test_who_saves_an_old_page_is_told(planner: FlaskClient, make: Builders, tree: Tree) -> None:
    survey = stored(make, tree, NEWS)
    for url, other in (
        (f"/surveys/{survey.id}/questions/{survey.questions[0].id}", {"text_sv": "Annan"}),
        (f"/surveys/{survey.id}/title", {"title_sv": "Annan"}),
    ):
        old = fields(get(planner, url))
        texts = {"text_sv": "Först", "title_sv": "Först"}
        post(planner, url, {**old, **texts})
        post(planner, url, {**old, **other}, status=409)
    assert [question.text_sv for question in questions(make, tree)] == ["Först"]
    assert surveys(make, tree)[0].title_sv == "Först"


def test_questions_change_places_and_a_second_tap_moves_nothing_more(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = stored(make, tree, NEWS, LEVEL, HELP)
    url = f"/surveys/{survey.id}/questions/{called(survey, 'help').id}/place"
    for _tap in range(2):
        post(planner, url, {"place": "1"})
    assert [one.key for one in questions(make, tree)] == ["news", "help", "level"]
    post(planner, url, {"place": "99"})
    assert [one.key for one in questions(make, tree)] == ["news", "level", "help"]
    post(planner, url, {"place": "x"}, status=422)


def test_a_question_is_laid_aside_and_asked_again(planner: FlaskClient, make: Builders, tree: Tree) -> None:
    survey = stored(make, tree, NEWS, LEVEL)
    url = f"/surveys/{survey.id}/questions/{called(survey, 'news').id}"
    post(planner, f"{url}/removal")
    assert "Newsletter?" not in words(get(planner, f"/surveys/{survey.id}/preview"))
    page = get(planner, f"/surveys/{survey.id}")
    assert "Newsletter?" in words(page)
    post(planner, f"{url}/return")
    assert "Newsletter?" in words(get(planner, f"/surveys/{survey.id}/preview"))


def test_a_survey_is_closed_and_opened(planner: FlaskClient, make: Builders, tree: Tree) -> None:
    survey = stored(make, tree, NEWS)
    post(planner, f"/surveys/{survey.id}/closing")
    assert not surveys(make, tree)[0].is_open
    post(planner, f"/surveys/{survey.id}/opening")
    assert surveys(make, tree)[0].is_open


def test_the_list_shows_the_units_own_surveys_and_says_when_there_are_none(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    assert "/surveys/new" in links(get(planner, "/surveys"))
    mine = stored(make, tree, NEWS)
    theirs = stored(make, tree, NEWS, unit=tree.sundsvall)
    found = links(get(planner, "/surveys"))
    assert f"/surveys/{mine.id}" in found
    assert f"/surveys/{theirs.id}" not in found


def test_a_survey_or_question_of_somebody_else_is_not_there(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    mine, theirs = stored(make, tree, NEWS), stored(make, tree, NEWS, unit=tree.root)
    foreign = theirs.questions[0].id
    for url in (
        f"/surveys/{theirs.id}",
        f"/surveys/{theirs.id}/results",
        f"/surveys/{mine.id}/questions/{foreign}",
    ):
        get(planner, url, status=404)
    for url in (f"/surveys/{theirs.id}/closing", f"/surveys/{mine.id}/questions/{foreign}/removal"):
        post(planner, url, status=404)
    copied = {"unit": str(tree.district), "copy_of": str(theirs.id)}
    post(planner, "/surveys/new?begin=copy", copied, status=422)
    post(planner, "/surveys/new", {"unit": str(tree.root)}, status=422)
    assert len(surveys(make, tree)) == 2


def test_an_id_that_is_taken_elsewhere_makes_a_survey_of_its_own(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    theirs = stored(make, tree, NEWS, unit=tree.root)
    made = post(planner, "/surveys/new", {"key": str(theirs.id), "unit": str(tree.district)})
    assert str(theirs.id) not in made.location
    assert {survey.organisation_id for survey in surveys(make, tree)} == {tree.root, tree.district}


def test_a_members_page_tells_what_they_answered_when_and_to_whom(
    planner: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey, member = stored(make, tree), make.member(tree.tenant_id, tree.falun)
    somebody = make.account(tree.tenant_id, name="Robin Al")
    with make.storing(tree.tenant_id):
        say(survey, member, "help", ["drive", "write"], by=by(0, somebody.id))
        say(survey, member, "news", "no")
        say(survey, member, "years", "2,5")
        lay_aside(called(survey, "news"), by())
    page = words(get(planner, f"/members/{member.id}"))
    for text in (
        "The survey",
        "What would you do? Drive a car, Writing",
        "Robin Al",
        "1 March 2024",
        "How many years? 2.5",
        "Newsletter? No",
    ):
        assert text in page, text


def test_a_member_whose_answers_are_kept_stays_when_an_import_is_undone(make: Builders, tree: Tree) -> None:
    from organiser.web.slots import member_ties

    survey, member = stored(make, tree), make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.tenant_id):
        say(survey, member, "news", "yes")
    with make.storing(tree.tenant_id):
        tied = {one for ties in member_ties() for one in db.session.scalars(ties)}
    assert member.id in tied
    assert uuid7() not in tied
