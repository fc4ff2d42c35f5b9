"""Whom a campaign would ring as a table: a row per association, a column per reason, numbers that add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaigns.planning.reach import Reach, Reachable
from campaigns.queue.audience import WhyNotNow
from organiser.accounts.models import Account
from organiser.core.i18n import _, lazy
from organiser.members.rules import WhyNot

COLUMNS: dict[WhyNot | WhyNotNow, Any] = {
    WhyNot.NO_NUMBER: lazy("No number"),
    WhyNot.NUMBERS_FAILED: lazy("Wrong number"),
    WhyNot.BLOCKED: lazy("Asked not to"),
    WhyNot.UNDER_AGE: lazy("Under 18"),
    WhyNot.PROTECTED: lazy("Protected"),
    WhyNotNow.ANSWERED: lazy("Has answered"),
    WhyNotNow.RECENT: lazy("Rung recently"),
    WhyNot.OVER: lazy("Left"),
    WhyNotNow.NOT_CHOSEN: lazy("Not chosen"),
}


@dataclass(frozen=True, slots=True)
class ReachRow:
    """A line: who may be rung, why the others not (a number per column), all members; ``responsible``: the
    account's name, empty where there is nobody, none where the line is no association.
    """

    name: str
    callable: int
    why_not: tuple[int, ...]
    members: int
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class ReachTable:
    """Headings of the reasons that hold for somebody, a row per association, and what they come to."""

    reasons: tuple[str, ...]
    rows: tuple[ReachRow, ...]
    total: ReachRow


def reach_table(shown: Reachable, responsible: Mapping[UUID, Account]) -> ReachTable:
    """The table of a unit's associations; members outside of them all have a line and a column."""
    reasons = [why for why in COLUMNS if shown.total.why_not[why]]

    def line(name: str, of: Reach, outside: int = 0, who: str | None = None) -> ReachRow:
        numbers = [of.why_not[why] for why in reasons] + ([outside] if shown.outside else [])
        return ReachRow(name, of.callable, tuple(numbers), of.members + outside, who)

    rows = [
        line(row.unit.name, row, who=_name(responsible.get(row.unit.id))) for row in shown.rows if row.unit
    ]
    if shown.outside:
        rows.append(line(_("Outside of all associations"), Reach(None), shown.outside))
    return ReachTable(
        reasons=(
            *(str(COLUMNS[why]) for why in reasons),
            *([str(_("No association"))] if shown.outside else []),
        ),
        rows=tuple(rows),
        total=line(_("All together"), shown.total, shown.outside),
    )


def _name(account: Account | None) -> str:
    return (account.name or account.email or "") if account else ""
