"""What the district's page shows, gathered: the numbers, their trend, the table, what needs the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from flask import request

from campaigns.activation import need_queries, sentence, words
from campaigns.activation.asked import DOWN, Asked, asked_for
from campaigns.activation.figures import Figures, SortBy
from campaigns.activation.need_words import need
from campaigns.activation.needs import SOON, OpenList, needs_of
from campaigns.activation.periods import days_of, over
from campaigns.activation.reader import Reader
from campaigns.activation.rows import bars, lines
from campaigns.activation.sorting import columns, sorted_rows
from campaigns.activation.stats import figures_of
from campaigns.activation.wishes import wishes_of
from campaigns.goals.progress import Base
from campaigns.goals.words import COURSES, NAMES, definitions, per_cent
from campaigns.totals.measures import MEASURES, Measure
from organiser.accounts.current import current_account
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.prepared import ask
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.web.filters import zone


def asked_now(reader: Reader) -> Asked:
    """What stands in the address."""
    return asked_for(request.args, reader.today)


def figures_for(unit: Organisation, reader: Reader, asked: Asked) -> Figures:
    """The numbers as this reader may see them."""
    figures = figures_of(unit, reader.at, asked.known_on)
    return figures if reader.sees_members else figures.for_those_who_see_no_members()


def board(unit: Organisation, units: Sequence[Organisation], reader: Reader) -> dict[str, Any]:
    """All that the page needs. ``units``: those the reader may look at, ``unit`` among them."""
    asked, places = asked_now(reader), _places(units)
    days = days_of(asked.period, asked.known_on or reader.today, unit.created_at.date())
    whole = figures_of(unit, reader.at, asked.known_on, also=days[:-1])
    drawn = over(whole, days)
    if not reader.sees_members:
        whole = whole.for_those_who_see_no_members()
        drawn = drawn._replace(figures=drawn.figures.for_those_who_see_no_members())
    above = [place for place in places if place.id != unit.id and unit.path.startswith(place.path)]
    aim = whole.aims.get(asked.measure)
    base = asked.base or (aim.base if aim else Base.MEMBERS)
    return {
        "figures": whole,
        "over": drawn,
        "unit": unit,
        "places": places,
        "above": above[-1] if above else None,
        "asked": asked,
        "base": base,
        "bars": bars(sorted_rows(whole.rows, _by_measure(asked)), unit.id, asked, base),
        "lines": lines(sorted_rows(whole.rows, asked), whole, asked),
        "columns": columns(unit.id, asked),
        "needs": [] if asked.known_on else _needs(unit, whole, reader),
        "wishes": [] if asked.known_on or whole.hidden else wishes_of(unit.path, exact=reader.sees_members),
        "course": COURSES[whole.course],
        "definitions": definitions(),
        "measures": MEASURES,
        "names": NAMES,
        "per_cent": per_cent,
        "sentence": sentence,
        "words": words,
        "may_plan": reader.may(Permission.PLAN_CALLS),
        "may_import": reader.may(Permission.IMPORT_MEMBERS),
        "today": reader.today,
    }


def _places(units: Sequence[Organisation]) -> list[Organisation]:
    """Those one may choose from anywhere: open, and no association but where one has a role."""
    held = {grant.organisation_id for grant in current_account().grants}
    return [
        each
        for each in units
        if each.closed_at is None and (each.kind is not OrgKind.ASSOCIATION or each.id in held)
    ]


def _by_measure(asked: Asked) -> Asked:
    """The bars stand with the longest first, whatever the table is ordered by."""
    by = SortBy.SHARE if asked.measure is Measure.CONTACTED else SortBy(asked.measure.value)
    return replace(asked, by=by, way=DOWN)


def _needs(unit: Organisation, figures: Figures, reader: Reader) -> list[dict[str, Any]]:
    midnight = datetime.combine(reader.today, time(), zone())
    told = {"today": reader.today, "soon": reader.today + SOON, "midnight": midnight}
    rows = ask(db.session(), need_queries.open_lists(), path=unit.path, **told)
    lists = [OpenList(*row) for row in rows]
    found = needs_of(figures.rows, lists, today=reader.today, goal_wanted=figures.aim is not None)
    return [need(missing, reader) for missing in found]
