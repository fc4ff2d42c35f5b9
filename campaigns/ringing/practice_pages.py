"""What the practice round shows: the very page of a call, with somebody invented and nothing behind it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from campaigns.queue.hours import offers
from campaigns.queue.models import CallAssignment
from campaigns.queue.outcomes import Outcome
from campaigns.queue.script import Step, steps_of
from campaigns.ringing import practice
from campaigns.ringing.caller_words import effect, said_when, short
from campaigns.ringing.forms import ReportForm
from campaigns.ringing.practice import PEOPLE, Practice
from campaigns.surveys.kinds import QuestionKind
from organiser.accounts.models import Account
from organiser.core.i18n import _
from organiser.web.filters import zone

LEASE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to the question that is practised."""

    key: str
    sv: str
    en: str
    gone: bool = False


def sealed(state: Practice) -> str:
    """Where somebody is, as it stands in the page's address."""
    return str(_seal().dumps(state.as_json()))


def opened(token: str) -> Practice:
    """The same read again; the beginning, where it is not ours."""
    try:
        return practice.read_json(_seal().loads(token))
    except (BadData, ValueError):
        return Practice()


def address(state: Practice) -> str:
    """The page of a place in the round."""
    return url_for("calling.practice", at=sealed(state))


def call_context(
    state: Practice, assignment: CallAssignment | None, unit: str, caller: Account, at: datetime
) -> dict[str, Any]:
    """What the templates of a call ask for, about somebody invented."""
    person = state.person
    title = assignment.campaign.title if assignment else _("Practice round")
    return {
        "practice": state,
        "call": SimpleNamespace(
            id="", member=person, target=_place(unit, title), e164=state.number, lease_until=at + LEASE
        ),
        "member": SimpleNamespace(
            name=person.name,
            first_name=person.first_name,
            city=person.city,
            joined_on=SimpleNamespace(year=person.joined),
        ),
        "assignment": _place(unit, title).assignment,
        "steps": _guide(assignment, person, unit, caller),
        "done": state.people_done,
        "on_list": len(PEOPLE),
        "rung": 0,
        "offers": offers(at, zone()),
        "form": ReportForm(formdata=None),
        "heard": str(state.situation.heard),
        "teaches": short(state.situation.teaches),
        "question": _question() if state.situation.asks else None,
        "key": sealed(state),
        "report_to": url_for("calling.practise"),
        "other_to": url_for("calling.practice_other", at=sealed(state)),
        "back_to": address(state),
        **told_before(state),
    }


def told_before(state: Practice) -> dict[str, Any]:
    """What the tap just made would have led to, and the way back from it."""
    if state.last is None:
        return {"told": None}
    situation, answer = state.last
    key, _sign, detail = answer.partition("@")
    outcome, person = Outcome(key), PEOPLE[situation.person]
    return {
        "told": SimpleNamespace(
            name=person.name,
            outcome=short(outcome),
            effect=_effect(outcome, detail),
            as_taught=outcome is situation.teaches,
            taught=short(situation.teaches),
            more_numbers=outcome is Outcome.WRONG_NUMBER and len(person.numbers) > situation.number + 1,
            first_name=person.first_name,
            undo=address(state.take_back()),
        )
    }


def _effect(outcome: Outcome, detail: str) -> str:
    try:
        when = datetime.fromisoformat(detail)
    except ValueError:
        return effect(outcome)
    if when.tzinfo is None:
        return effect(outcome)
    here = _("Here: %(when)s.", when=said_when(when))
    return f"{effect(outcome)} {here}"


def _place(unit: str, title: str) -> SimpleNamespace:
    names = SimpleNamespace(organisation=SimpleNamespace(name=unit), campaign=SimpleNamespace(title=title))
    return SimpleNamespace(assignment=names)


def _guide(
    assignment: CallAssignment | None, person: practice.Person, unit: str, caller: Account
) -> list[Step]:
    """The real guide of the list one practises for; else a short one."""
    script = assignment.campaign.script if assignment else ""
    names = {
        "first_name": person.first_name,
        "caller": caller.name or _("your name"),
        "association": unit,
        "campaign": assignment.campaign.title if assignment else "",
        "district": unit,
        "town": person.city,
    }
    usual = _(
        "## Say hello\nHi {first_name}! My name is {caller} and I ring for {association}. Have you a minute?"
        "\n\n## Ask\nWhat would you like us to do here?\n\n## Thank\nThank you for talking with me."
    )
    return steps_of(script or usual, names)


def _question() -> SimpleNamespace:
    """One question of the kind a survey asks."""
    said = {
        "coffee": _("Make coffee at meetings"),
        "doors": _("Knock on doors"),
        "ring": _("Ring members"),
        "no": _("Not just now"),
    }
    text = _("Would you like to help with something?")
    return SimpleNamespace(
        id="practice",
        kind=QuestionKind.ONE,
        text_sv=text,
        text_en=text,
        help_sv="",
        help_en="",
        most=None,
        required=False,
        choices=[Choice(key, words, words) for key, words in said.items()],
    )


def asked_for(state: Practice, *, shown: bool = False, rung: bool = False) -> Practice:
    """The same place with the number shown, and with it rung."""
    return replace(state, shown=state.shown or shown or rung, rung=state.rung or rung)


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="practice")
