"""How the numbers are written: shares, what came in a period, what a bar shows, what there is to choose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaigns.activation.asked import Asked
from campaigns.activation.figures import Counts, Figures, Trend
from campaigns.activation.periods import Over, Period
from campaigns.goals.progress import Base
from campaigns.goals.words import NAMES, amount, due_day, of_whom, per_cent
from campaigns.totals.measures import MEASURES, Measure
from organiser.core.i18n import _, lazy
from organiser.orgs.models import Organisation
from organiser.orgs.words import word
from organiser.web.filters import count, day, zone

PERIODS = {
    Period.FOUR_WEEKS: lazy("4 weeks"),
    Period.TWELVE_WEEKS: lazy("12 weeks"),
    Period.YEAR: lazy("This year"),
    Period.START: lazy("Since the beginning"),
}


def number(value: int | None) -> str:
    """A count; that it is not shown, where it or one that it could be worked out from is too small."""
    return str(_("not shown")) if value is None else count(value)


def shares(counts: Counts, measure: Measure) -> str:
    """35 % of all 1 180 · 38 % of 1 088 who can be rung; nothing where that is not shown."""
    if counts.count(measure) is None:
        return ""
    said = _(
        "%(share)s of all %(members)s · %(part)s of the %(callable)s who can be rung",
        share=per_cent(counts.share(measure)),
        members=count(counts.members),
        part=per_cent(counts.share_of_callable(measure)),
        callable=count(counts.callable or 0),
    )
    return str(said)


def gained(over: Over, measure: Measure) -> str:
    """How many came since the curve begins: +24 since 5 September; nothing where there is no curve."""
    points = over.figures.trend.of(measure)
    if len(points) <= 1:
        return ""
    more, since = points[-1] - points[0], over.days[-len(points)]
    number = f"+{count(more)}" if more >= 0 else f"−{count(-more)}"
    return str(_("%(more)s since %(day)s", more=number, day=due_day(since, over.days[-1])))


def curve(trend: Trend, measure: Measure) -> str:
    """A curve, for those who hear it."""
    points = trend.of(measure)
    return str(
        _(
            "%(name)s over time: from %(first)s to %(last)s",
            name=NAMES[measure],
            first=count(points[0]),
            last=count(points[-1]),
        )
    )


def local_day(moment: datetime) -> str:
    """The day a moment falls on where the tenant is."""
    return day(moment.astimezone(zone()).date())


def caption(figures: Figures, measure: Measure, base: Base) -> str:
    """What the bars show."""
    said = str(_("%(name)s, share %(of)s.", name=NAMES[measure], of=of_whom(base)))
    aims = {
        row.aims[measure] for row in figures.rows if measure in row.aims and row.aims[measure].base is base
    }
    if len(aims) == 1:
        line = _("The line is the goal, %(goal)s.", goal=amount(aims.pop()))
        return f"{said} {line}"
    own = _("The line is each one’s own goal.")
    return f"{said} {own}" if aims else said


def choices(places: Sequence[Organisation], now: Organisation, asked: Asked) -> list[dict[str, Any]]:
    """Units to look at, as the component takes them."""
    return [
        {"text": place.name, "url": asked.url(place.id), "current": place.id == now.id} for place in places
    ]


def measures(unit: Organisation, asked: Asked) -> list[dict[str, Any]]:
    """What the bars may show."""
    return [
        {
            "text": NAMES[measure],
            "url": asked.url(unit.id, "associations", measure=measure, base=None),
            "current": measure is asked.measure,
        }
        for measure in MEASURES
    ]


def bases(unit: Organisation, asked: Asked, now: Base) -> list[dict[str, Any]]:
    """Of whom the bars are a share."""
    texts = {
        Base.MEMBERS: _("Of all %(members)s", members=word("member", 2)),
        Base.CALLABLE: _("Of those who can be rung"),
    }
    return [
        {"text": text, "url": asked.url(unit.id, "associations", base=base), "current": base is now}
        for base, text in texts.items()
    ]


def periods(unit: Organisation, asked: Asked) -> list[dict[str, Any]]:
    """How far back the curves may go."""
    return [
        {
            "text": text,
            "url": asked.url(unit.id, "numbers", period=period),
            "current": period is asked.period,
        }
        for period, text in PERIODS.items()
    ]
