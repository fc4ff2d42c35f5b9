"""Whom a form means, for its page: said in a sentence, counted association by association."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from campaigns.planning.audience_form import AudienceFields
from campaigns.planning.reach import Reachable, reachable
from campaigns.planning.reach_table import ReachTable, reach_table
from campaigns.planning.responsible import proposed_for
from campaigns.queue.audience import Audience
from campaigns.queue.audience_words import in_words
from organiser.core.database import db
from organiser.members.models import Member
from organiser.members.queries import in_unit
from organiser.members.tag_models import Tag
from organiser.members.tag_queries import tags_in_use
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be ticked of a unit: its open associations, and the tags its members have."""

    units: Sequence[Organisation]
    tags: Sequence[Tag]

    def sentence(self, audience: Audience) -> str:
        """The audience in words."""
        units = {unit.id: unit.name for unit in self.units}
        return in_words(audience, units, {tag.id: tag.name for tag in self.tags})


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a form means. ``errors``: what must be put right first; the numbers are of everybody then."""

    sentence: str
    reachable: Reachable
    table: ReachTable
    errors: Sequence[str] = ()


def offered_in(unit: Organisation) -> Offered:
    """What a campaign of ``unit`` may choose among."""
    return Offered(
        db.session.scalars(associations_of(unit.id)).all(),
        db.session.scalars(tags_in_use(among=in_unit(select(Member), unit.id))).all(),
    )


def whom_meant(
    unit: Organisation, form: AudienceFields, offered: Offered, at: datetime, survey_id: UUID | None
) -> Whom:
    """Whom the audience part of ``form``, validated where something was sent, means at ``at``, in a campaign
    that asks the survey.
    """
    errors = form.audience_errors()
    audience = Audience() if errors else form.audience()
    shown = reachable(unit.id, at, zone(), audience, survey_id)
    table = reach_table(shown, proposed_for(offered.units))
    return Whom(offered.sentence(audience), shown, table, errors)
