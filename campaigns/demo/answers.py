"""What members of the demo answer in a call: most of them a few questions, some that they will help."""

from random import Random
from typing import Any

from campaigns.queue.models import Call
from campaigns.surveys.kinds import Mark, QuestionKind
from campaigns.surveys.models import Question
from campaigns.surveys.services import answer
from organiser.members.kinds import Source
from organiser.members.services import By

ANSWERS = 0.78
"""So many of those we talk with answer anything."""
EACH = 0.42
"""Each question is answered so often by those who answer."""
HELPS = 0.34
WHY = (
    "Ville göra något åt vården",
    "Min mamma var medlem",
    "Facket på jobbet",
    "Klimatet",
    "Blev värvad på torget",
    "Hyrorna",
)
SHORT = {
    "languages": ("Finska", "Engelska och spanska", "Arabiska"),
    "occupation": ("Undersköterska", "Snickare"),
}


def answer_survey(call: Call, by: By, rng: Random) -> None:
    """Answer the campaign's survey as the member of ``call``, if they have the time for it."""
    survey = call.target.assignment.campaign.survey
    if survey is None or rng.random() > ANSWERS:
        return
    helps = rng.random() < HELPS
    for question in survey.standing:
        value = _answer(question, rng, helps=helps)
        if value is not None:
            answer(survey, call.member, question, value, by=by, source=Source.CALL, call_id=call.id)


def _answer(question: Question, rng: Random, *, helps: bool) -> Any:
    """What somebody says to a question; none: nothing."""
    if rng.random() > EACH:
        return None
    if question.kind in {QuestionKind.ONE, QuestionKind.MANY}:
        return _chosen(question, rng, helps=helps)
    if question.kind is QuestionKind.YESNO:
        return rng.random() < ANSWERS
    if question.kind is QuestionKind.TEXT:
        return rng.choice(WHY)
    return rng.choice(SHORT[question.key]) if question.key in SHORT else None


def _chosen(question: Question, rng: Random, *, helps: bool) -> Any:
    keys = [option["key"] for option in question.options]
    if question.kind is QuestionKind.ONE:
        return rng.choice(keys)
    asks_for_help = any(option.get("mark") == Mark.TASK for option in question.options)
    return None if asks_for_help and not helps else _some(keys, question.most or 3, rng)


def _some(keys: list[str], most: int, rng: Random) -> list[str]:
    chosen = set(rng.sample(keys, rng.randint(1, min(most, 3, len(keys)))))
    return [key for key in keys if key in chosen]
