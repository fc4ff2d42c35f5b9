"""Where a campaign stands just now: its lists and their ledgers, its evenings, and who rings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from campaigns.evenings import queries as evenings
from campaigns.evenings.models import Evening, Shift
from campaigns.evenings.words import ringing_words
from campaigns.planning import queries
from campaigns.planning.reach import Reachable, reachable
from campaigns.queue import list_queries
from campaigns.queue.campaign_rules import audience_of
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Campaign
from organiser.core.database import db
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a campaign stands."""

    campaign: Campaign
    reachable: Reachable
    ledgers: Mapping[UUID, Ledger]
    progress: Ledger
    lists: Sequence[CallAssignment]
    latest: Mapping[UUID, datetime | None]
    """The latest sign of life in each association whose list has been rung."""
    evenings: Sequence[Evening]
    running: Sequence[Shift]
    ringing: int
    """How many of those let in hold somebody just now."""

    @property
    def next_url(self) -> str:
        """Where an evening is led: the only one there is, a new one of the only list, or all the lists."""
        if len(self.evenings) == 1:
            return url_for("evenings.show", evening_id=self.evenings[0].id)
        if len(self.lists) == 1:
            return url_for("evenings.start", assignment_id=self.lists[0].id)
        return "#lists"

    @property
    def headline(self) -> str:
        """How many ring just now, or are in without holding anybody."""
        return ringing_words(self.ringing, len(self.running))

    @property
    def is_rung(self) -> bool:
        """Whether somebody has been rung, and nobody is left."""
        return self.progress.tried > 0 and not self.progress.left

    @property
    def unanswered(self) -> int:
        """Lists nobody answers for."""
        return sum(one.responsible_id is None and one.closed_at is None for one in self.lists)


def stand_of(campaign: Campaign, at: datetime) -> Stand:
    """A campaign as it stands at ``at``: the same few questions however many lists it has."""
    lists = db.session.scalars(list_queries.lists_of(campaign.id)).all()
    ids = [one.id for one in lists]
    ledgers = ledgers_of(ids, at)
    signs = db.session.execute(queries.latest_signs(ids)).all()
    return Stand(
        campaign=campaign,
        reachable=reachable(campaign.organisation_id, at, zone(), audience_of(campaign), campaign.survey_id),
        ledgers=ledgers,
        progress=summed(ledgers.values()),
        lists=lists,
        latest={list_id: sign for list_id, sign in signs if ledgers[list_id].tried},
        evenings=db.session.scalars(evenings.unfinished(ids, at)).all(),
        running=db.session.scalars(evenings.running_shifts(ids, at)).all(),
        ringing=db.session.scalar(evenings.ringing(ids, at)) or 0,
    )
