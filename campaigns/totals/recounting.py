"""Count everything anew, straight from what happened, by other questions than the totals are kept with: they
must agree, and where they do not, everybody is counted again.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, and_, case, func, or_, select

from campaigns.queue.models import Call
from campaigns.surveys.models import Submission
from campaigns.totals.measures import MEASURES, NO_CALL, REACHED, TALKED, Measure
from campaigns.totals.models import COUNTS
from campaigns.totals.reading import Numbers, units_as_known
from organiser.core.database import db
from organiser.members.kinds import TagKind
from organiser.members.models import Contact, Member
from organiser.members.queries import callable_on
from organiser.members.rules import OVER_STATUSES
from organiser.members.tag_models import MemberTag, Tag
from organiser.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit whose kept totals are not what a recount finds."""

    unit_id: UUID
    slug: str
    kept: Numbers
    found: Numbers


def recount(unit: Organisation, on: date) -> dict[UUID, Numbers]:
    """By unit (``unit`` itself and those below it), what its own members have come to on the day ``on``.

    Its cost grows with all that ever happened; only units that have members are there.
    """
    return {
        row[0]: Counter(dict(zip(COUNTS, row[1:], strict=True)))
        for row in db.session.execute(_tallies(unit, on))
    }


def differences(unit: Organisation, on: date) -> Iterator[Difference]:
    """Where the kept totals of today are not those of a recount; ``on`` is today where the tenant is."""
    found = recount(unit, on)
    for each in units_as_known(unit, on):
        if each.path.startswith(unit.path):
            counted = found.get(each.id, Counter(dict.fromkeys(COUNTS, 0)))
            if counted != each.numbers:
                yield Difference(each.id, each.slug, each.numbers, counted)


def _tallies(unit: Organisation, on: date) -> Select[*tuple[Any, ...]]:
    calls, contacts, surveyed, active = _calls(), _contacts(), _submissions(), _tasks()
    came = {
        Measure.CONTACTED: or_(calls.c.reached > 0, contacts.c.member_id.is_not(None)),
        Measure.TALKED: calls.c.talked > 0,
        Measure.SURVEYED: surveyed.c.member_id.is_not(None),
        Measure.ACTIVE: active.c.member_id.is_not(None),
    }
    free = callable_on(on)
    counts = [func.count(), func.count().filter(free), func.count().filter(calls.c.member_id.is_not(None))]
    for measure in MEASURES:
        counts += [func.count().filter(came[measure]), func.count().filter(and_(came[measure], free))]
    query = (
        select(Member.organisation_id, *counts)
        .join(Member.organisation)
        .where(Organisation.path.startswith(unit.path), Member.status.not_in(OVER_STATUSES))
    )
    for traces in (calls, contacts, surveyed, active):
        query = query.outerjoin(traces, traces.c.member_id == Member.id)
    return query.group_by(Member.organisation_id)


def _calls() -> Subquery:
    """Who was rung, how often they were reached by it and talked with."""
    reached = func.sum(case((Call.outcome.in_(REACHED), 1), else_=0)).label("reached")
    talked = func.sum(case((Call.outcome.in_(TALKED), 1), else_=0)).label("talked")
    made = Call.outcome.is_not(None), Call.outcome.not_in(NO_CALL)
    return select(Call.member_id, reached, talked).where(*made).group_by(Call.member_id).subquery()


def _contacts() -> Subquery:
    """Who was met in another way."""
    return select(Contact.member_id).group_by(Contact.member_id).subquery()


def _submissions() -> Subquery:
    """Who has answered something that stands."""
    counted = select(Submission.member_id).where(Submission.counts_at.is_not(None))
    return counted.group_by(Submission.member_id).subquery()


def _tasks() -> Subquery:
    """Who has said yes to a task."""
    said = select(MemberTag.member_id).join(MemberTag.tag).where(Tag.kind == TagKind.TASK)
    return said.group_by(MemberTag.member_id).subquery()
