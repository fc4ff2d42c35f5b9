"""The survey on the page of a call: one question at a time, and what was answered so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from campaigns.queue.models import Call
from campaigns.surveys import queries
from campaigns.surveys import services as surveys
from campaigns.surveys.asking import Item, Sheet, sheet_of
from campaigns.surveys.kinds import QuestionKind
from campaigns.surveys.models import Survey
from campaigns.surveys.reading import NotAnAnswer
from campaigns.surveys.words import answer_fault, answer_words, language, title, told
from organiser.core.database import db
from organiser.members.kinds import Source
from organiser.members.services import By

END = "end"
ONE_TAP = frozenset({QuestionKind.ONE, QuestionKind.SCALE, QuestionKind.YESNO})
"""One tap says all there is to say, and leads to the next question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey where a call has come in it: ``item`` is the question put now, none: all have been put.
    ``sent`` and ``errors``: what was sent and why that was no answer.
    """

    sheet: Sheet
    item: Item | None
    sent: Any = None
    errors: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """What is filled in."""
        if self.errors:
            return self.sent
        return self.item.value if self.item else None

    @property
    def one_tap(self) -> bool:
        return self.item is not None and self.item.question.kind in ONE_TAP

    @property
    def before(self) -> Item | None:
        """The question one can go back to."""
        items = list(self.sheet)
        return self.sheet.before(self.item.question.id) if self.item else (items[-1] if items else None)

    @property
    def after(self) -> Item | None:
        return self.sheet.after(self.item.question.id) if self.item else None

    @property
    def answered(self) -> list[Item]:
        """What is saved, in the survey's order."""
        return [item for item in self.sheet if item.answer is not None]


def asked_in(call: Call, wanted: str | None = None) -> Asked | None:
    """The survey of the call's campaign, at the question ``wanted`` (an id, or ``END``), else where one left
    off. None: the campaign asks nothing. Raises ``LookupError`` where no such question is put.
    """
    sheet = _sheet(call)
    if sheet is None:
        if wanted:
            raise LookupError(wanted)
        return None
    if wanted == END:
        return Asked(sheet, None)
    if wanted:
        return Asked(sheet, _item(sheet, wanted))
    return Asked(sheet, sheet.next if sheet.answered else next(iter(sheet), None))


def keep_answer(call: Call, asked: Asked, values: list[str], at: datetime) -> Asked:
    """Keep what was answered to the question put; gives the same page of the survey, with it or with what was
    wrong with it.
    """
    assert asked.item is not None
    question, survey = asked.item.question, asked.sheet.survey
    by = By(call.caller_id, at)
    try:
        kept = surveys.answer(
            survey, call.member, question, values, by=by, source=Source.CALL, call_id=call.id
        )
    except NotAnAnswer as fault:
        return Asked(asked.sheet, asked.item, values, (answer_fault(fault),))
    items = [
        Item(item.question, kept, item.number) if item is asked.item else item for item in asked.sheet.items
    ]
    sheet = Sheet(survey, items)
    return Asked(sheet, sheet.item(question.id))


def keep_unsaved(call: Call, sent: MultiDict[str, str], at: datetime) -> bool:
    """An answer not sent yet when the call was told of is kept too; gives whether nothing was lost."""
    if not call.is_open or not sent.get("question"):
        return True
    try:
        asked = asked_in(call, sent["question"])
    except LookupError:
        return False
    if asked is None or asked.item is None or not asked.item.question.kind.is_asked:
        return True
    return not keep_answer(call, asked, sent.getlist("value"), at).errors


def words() -> dict[str, Any]:
    """What the templates of a survey may say."""
    return {"answer_words": answer_words, "told": told, "survey_title": title, "survey_language": language}


def _sheet(call: Call) -> Sheet | None:
    """Of the open survey of the campaign, in three questions to the database."""
    survey_id = call.target.assignment.campaign.survey_id
    if survey_id is None:
        return None
    found: Survey | None = db.session.scalar(queries.open_survey(survey_id))
    return sheet_of(found, call.member) if found is not None else None


def _item(sheet: Sheet, wanted: str) -> Item:
    try:
        item = sheet.item(UUID(wanted))
    except ValueError:
        item = None
    if item is None:
        raise LookupError(wanted)
    return item
