"""The pages of surveys, gathered; their word in the menu, and what members answered on the member's page."""

from itertools import groupby
from typing import Any

from flask import Flask

from campaigns.surveys import queries, question_views, result_views, views, words
from campaigns.surveys.blueprint import blueprint
from campaigns.surveys.models import Answer
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.i18n import _, lazy
from organiser.members.models import Member
from organiser.web.filters import moment
from organiser.web.slots import MenuEntry, Panel, slots_of

PAGES = (views, question_views, result_views)  # importing them hangs their routes there


def init_app(app: Flask) -> None:
    """Add the pages, the menu's word and the member's answers to an application."""
    app.register_blueprint(blueprint)
    slots = slots_of(app)
    slots.menu.append(
        MenuEntry(lazy("Surveys"), "surveys.index", shown=lambda: may(Permission.PLAN_CALLS), position=35)
    )
    slots.member_panels.append(Panel("surveys/panel.html", _answers_of, position=30))
    slots.member_ties.append(queries.answered_members)


def _answers_of(member: Member) -> dict[str, Any]:
    """What the member has answered, survey by survey, the latest first."""
    found = db.session.scalars(queries.answers_by(member.id)).all()
    surveys = groupby(found, key=lambda answer: answer.question.survey)
    return {
        "surveys": [(words.title(survey), [_fact(one) for one in answers]) for survey, answers in surveys]
    }


def _fact(answer: Answer) -> tuple[str, str, str]:
    """Question, answer, and when it was noted and by whom."""
    question, at = answer.question, moment(answer.at)
    noted = _("%(at)s by %(name)s", at=at, name=answer.by.name) if answer.by else at
    text = words.told(question.text_sv, question.text_en)
    return text, words.answer_words(question, answer.value), str(noted)
