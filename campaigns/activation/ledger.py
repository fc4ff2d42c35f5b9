"""Where everybody on a campaign's lists stands, association by association: each row adds up to its audience,
and the rows to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campaigns.activation.veil import FEW
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.place_words import PLACE
from campaigns.queue.places import LEFT, SETTLED, Place
from organiser.core.i18n import lazy
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below

ASIDE = lazy("Set aside")
"""To those who see no members: why somebody is not rung is told of the whole, never of one association."""


@dataclass(frozen=True, slots=True)
class Standings:
    """The table: its columns, a row for each association, and the last for all of them."""

    columns: Sequence[Any]
    rows: Sequence[tuple[str, int, Sequence[int] | None]]
    whole: Ledger


def lists_below(unit_id: UUID) -> Select[CallAssignment]:
    """The lists of associations below a unit in campaigns that are not over, the latest campaign first."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return (
        select(CallAssignment)
        .join(CallAssignment.campaign)
        .join(CallAssignment.organisation)
        .where(CallAssignment.organisation_id.in_(units), Campaign.closed_at.is_(None))
        .options(joinedload(CallAssignment.campaign), joinedload(CallAssignment.organisation))
        .order_by(Campaign.created_at.desc(), Campaign.id, Organisation.sort_key)
    )


def standings(lists: Sequence[CallAssignment], at: datetime, *, exact: bool) -> Standings:
    """``exact``: every place by itself, for those who may read the register; else those set aside together,
    and nothing of fewer than five.
    """
    ledgers = ledgers_of([one.id for one in lists], at)
    whole = summed(list(ledgers.values()))
    shown = [place for place in PLACE if whole.places[place] and (exact or place in LEFT | SETTLED)]
    columns = [PLACE[place] for place in shown] + ([] if exact else [ASIDE])
    rows = [_row(one.organisation.name, ledgers[one.id], shown, exact=exact) for one in lists]
    return Standings(columns, [*rows, _row("", whole, shown, exact=exact)], whole)


def _row(
    name: str, ledger: Ledger, shown: Sequence[Place], *, exact: bool
) -> tuple[str, int, Sequence[int] | None]:
    if not exact and 0 < ledger.audience < FEW:
        return name, ledger.audience, None
    numbers = [ledger.places[place] for place in shown]
    return name, ledger.audience, numbers if exact else [*numbers, ledger.aside]


def campaigns_of(lists: Sequence[CallAssignment]) -> list[Campaign]:
    """Each campaign once, the latest first."""
    return list({one.campaign_id: one.campaign for one in lists}.values())
