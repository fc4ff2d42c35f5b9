"""A sheet knows what is answered and what is next; a question is drawn so that its answer comes back."""

import re

import pytest
from flask import render_template_string
from flask_babel import force_locale

from campaigns.surveys import queries
from campaigns.surveys.asking import sheet_of
from campaigns.surveys.building import lay_aside
from campaigns.surveys.kinds import QuestionDraft
from campaigns.surveys.models import Question
from campaigns.surveys.reading import read_answer
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.models import Member
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.campaigns.surveys.asked import (
    ALL,
    HELP,
    JOB,
    LEVEL,
    LIKED,
    NEWS,
    READ,
    WHY,
    YEARS,
    a_survey,
    by,
    called,
    say,
)
from tests.page import Parsed, faults_of

DRAW = (
    '{% from "surveys/_question.html" import question %}{{ question(q, value, errors, language, heading) }}'
)


@pytest.fixture
def member(make: Builders, tree: Tree) -> Member:
    return make.member(tree.tenant_id, tree.falun)


def test_a_sheet_goes_through_the_questions_in_order(within: Tree, member: Member) -> None:
    survey = a_survey(within.district, READ, LEVEL, HELP, NEWS)
    say(survey, member, "level", "some")
    say(survey, member, "news", "no")
    sheet = sheet_of(survey, member)
    assert [(item.question.key, item.number, item.value) for item in sheet] == [
        ("read", None, None),
        ("level", 1, "some"),
        ("help", 2, None),
        ("news", 3, False),
    ]
    assert (sheet.answered, sheet.total) == (2, 3)
    assert sheet.next is not None
    assert sheet.next.question.key == "help"
    assert sheet.missing == []
    level = called(survey, "level").id
    after, before = sheet.after(level), sheet.before(level)
    assert (after and after.question.key, before and before.question.key) == ("help", "read")
    assert sheet.after(called(survey, "news").id) is None
    assert sheet.before(called(survey, "read").id) is None
    assert sheet.item(uuid7()) is sheet.after(uuid7()) is None


def test_what_ought_to_be_asked_and_is_not_is_missing_until_it_is_laid_aside(
    within: Tree, member: Member
) -> None:
    survey = a_survey(within.district, LEVEL, NEWS)
    assert [item.question.key for item in sheet_of(survey, member).missing] == ["level"]
    lay_aside(called(survey, "level"), by())
    sheet = sheet_of(survey, member)
    assert sheet.missing == []
    assert sheet.next is not None
    say(survey, member, "news", "yes")
    assert sheet_of(survey, member).next is None


def test_somebody_elses_answers_are_not_on_the_sheet(within: Tree, member: Member, make: Builders) -> None:
    other = make.member(within.tenant_id, within.falun)
    survey = a_survey(within.district, NEWS)
    say(survey, other, "news", "yes")
    assert sheet_of(survey, member).answered == 0
    found = db.session.scalars(queries.with_questions(queries.surveys_of(within.district))).one()
    assert sheet_of(found, other).answered == 1


def question(draft: QuestionDraft) -> Question:
    texts = {
        name: getattr(draft, name)
        for name in ("text_sv", "text_en", "help_sv", "help_en", "low_sv", "low_en", "high_sv", "high_en")
    }
    options = [option.as_json() for option in draft.options]
    return Question(
        id=uuid7(),
        key=draft.key,
        kind=draft.kind,
        options=options,
        most=draft.most,
        low=draft.low,
        high=draft.high,
        **texts,
    )


def drawn(
    app: Framed, q: Question, value: object = None, *errors: str, language: str = "en", heading: str = ""
) -> str:
    with app.test_request_context(), force_locale(language):
        return render_template_string(
            DRAW, q=q, value=value, errors=errors, language=language, heading=heading
        )


def sent(html: str) -> list[str]:
    """What a browser would send as ``value``."""
    page = Parsed()
    page.feed(html)
    fields = [
        at for at in page.all("input") if at.get("type") not in {"radio", "checkbox"} or "checked" in at
    ]
    assert {at["name"] for at in [*page.all("input"), *page.all("textarea")]} <= {"value"}
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    return [at.get("value", "") for at in fields] + ([area[1]] if area else [])


@pytest.mark.parametrize(
    ("draft", "value"),
    [
        (LEVEL, "lot"),
        (HELP, ["drive", "write"]),
        (NEWS, True),
        (NEWS, False),
        (LIKED, 1),
        (LIKED, 5),
        (YEARS, 2.5),
        (YEARS, 0),
        (JOB, "Lärare <i skolan> & mer"),
        (WHY, "En rad\nen till"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_filled_in_comes_back_as_the_same_answer(
    sqlite_app: Framed, draft: QuestionDraft, value: object, language: str
) -> None:
    import html as markup

    q = question(draft)
    found = drawn(sqlite_app, q, value, language=language)
    back = [markup.unescape(one) for one in sent(found)]
    assert read_answer(q, back) == value
    assert type(read_answer(q, back)) is type(value)
    assert read_answer(q, sent(drawn(sqlite_app, q))) is None
    assert faults_of(found, fragment=True) == []


@pytest.mark.parametrize("draft", ALL, ids=lambda draft: draft.key)
def test_a_question_speaks_the_readers_language_or_the_only_one_it_has(
    sqlite_app: Framed, draft: QuestionDraft
) -> None:
    q = question(draft)
    assert draft.text_en in drawn(sqlite_app, q)
    assert draft.text_sv in drawn(sqlite_app, q, language="sv")
    q.text_en = ""
    assert draft.text_sv in drawn(sqlite_app, q)
    assert f"<h2>{draft.text_sv}" in drawn(sqlite_app, q, heading="h2") or "<h2><label" in drawn(
        sqlite_app, q, heading="h2"
    )


@pytest.mark.parametrize("draft", [LEVEL, HELP, NEWS, LIKED, YEARS, JOB, WHY], ids=lambda draft: draft.key)
def test_an_error_stands_at_the_question_and_is_tied_to_it(sqlite_app: Framed, draft: QuestionDraft) -> None:
    found = drawn(sqlite_app, question(draft), ["nonsense"], "Choose one.")
    assert "Choose one." in found
    assert 'aria-invalid="true"' in found
    described = re.search(r'aria-describedby="([^"]+)"', found)
    assert described is not None
    assert f'id="{described[1]}"' in found
    assert faults_of(found, fragment=True) == []


@pytest.mark.parametrize("draft", [JOB, WHY])
def test_free_words_warn_against_health_and_others(sqlite_app: Framed, draft: QuestionDraft) -> None:
    assert "Write nothing about health" in drawn(sqlite_app, question(draft))


def test_an_option_no_longer_offered_is_drawn_only_for_those_who_chose_it(sqlite_app: Framed) -> None:
    q = question(HELP)
    q.options = [{**one, "gone": one["key"] == "drive"} for one in q.options]
    assert "Drive a car" not in drawn(sqlite_app, q, ["write"])
    assert "Drive a car" in drawn(sqlite_app, q, ["drive"])
