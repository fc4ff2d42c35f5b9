"""How the numbers are written: shares, days ahead, what a bar shows, which units there are to look at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from babel.numbers import format_percent
from flask import url_for
from flask_babel import get_locale

from campaigns.activation.figures import Figures, Row
from campaigns.goals.progress import percent_of
from organiser.core.i18n import _
from organiser.orgs.models import Organisation
from organiser.web.filters import count, day, zone

QUIET = timedelta(days=14)


def per_cent(value: int | None) -> str:
    """A whole per cent as it is written: 35 %; a dash where there is none."""
    return "–" if value is None else str(format_percent(value / 100, locale=get_locale()))


def share_of(part: int, whole: int) -> str:
    """A part as a whole per cent of something."""
    return per_cent(percent_of(part, whole))


def gained(weekly: Sequence[int]) -> str:
    """How many came in the last seven days: +24."""
    return f"+{count(weekly[-1] - weekly[-2])}"


def due_day(on: date, today: date) -> str:
    """A day as it is said: 1 juni; with its year where that is another than this."""
    form = "d MMMM" if on.year == today.year else "d MMMM y"
    return str(format_date(on, form, locale=get_locale()))


def is_quiet(row: Row, today: date) -> bool:
    """Whether nothing has been heard of the association for two weeks, although it had begun."""
    return row.last_on is not None and today - row.last_on > QUIET


def local_day(moment: datetime) -> str:
    """The day a moment falls on where the tenant is."""
    return day(moment.astimezone(zone()).date())


def caption(figures: Figures) -> str:
    """What the bars show."""
    goals = {row.aim.percent for row in figures.rows if row.aim}
    if len(goals) == 1:
        goal = per_cent(goals.pop())
        return str(_("Share of members contacted. The line is the goal, %(goal)s.", goal=goal))
    if goals:
        return str(_("Share of members contacted. The line is each one’s own goal."))
    return str(_("Share of members contacted."))


def bar_words(row: Row) -> str:
    """A bar, for those who hear it."""
    share = per_cent(row.percent)
    if row.aim is None:
        return str(_("%(share)s contacted", share=share))
    return str(_("%(share)s contacted, the goal is %(goal)s", share=share, goal=per_cent(row.aim.percent)))


def choices(places: Sequence[Organisation], now: Organisation) -> list[dict[str, Any]]:
    """Units to look at, as the component takes them."""
    return [
        {
            "text": place.name,
            "url": url_for("activation.show", unit_id=place.id),
            "current": place.id == now.id,
        }
        for place in places
    ]
