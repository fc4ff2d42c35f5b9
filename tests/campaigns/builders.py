"""Makes campaigns, call assignments, queues and shifts, directly with the models, each stored at once."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaigns.evenings.models import Evening, Shift
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.opening import ALWAYS
from campaigns.queue.rules import Rules
from campaigns.queue.states import Turn
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.text import sort_key
from organiser.members.kinds import PhoneKind
from organiser.members.models import Member, PhoneNumber
from tests.builders import NOON, Builders

SCRIPT = """\
## Hälsa
Hej {first_name}! Jag heter {caller} och ringer från {association}.

## Fråga
Vad brinner du för?

## Tacka
Tack för att du tog dig tid.
"""
_numbers = itertools.count(1)


def make_campaign(make: Builders, tenant_id: int, organisation_id: UUID, **values: Any) -> Campaign:
    """A campaign of a unit, under way at NOON; ``values`` go over the ones given here."""
    given = {
        "title": "Medlemsringning våren",
        "purpose": "Höra hur medlemmarna har det",
        "script": SCRIPT,
        "rules": Rules(hours=ALWAYS).as_json(),
        "starts_on": NOON.date() - timedelta(days=1),
        "ends_on": NOON.date() + timedelta(days=60),
    }
    with make.storing(tenant_id):
        campaign = Campaign(organisation_id=organisation_id, **{**given, **values})
        db.session.add(campaign)
    return campaign


def make_assignment(
    make: Builders, campaign: Campaign, organisation_id: UUID, **values: Any
) -> CallAssignment:
    """The list of one association in a campaign, with nobody in its queue yet."""
    with make.storing(campaign.tenant_id):
        assignment = CallAssignment(campaign_id=campaign.id, organisation_id=organisation_id, **values)
        db.session.add(assignment)
    return assignment


def make_target(make: Builders, assignment: CallAssignment, member: Member, **values: Any) -> Target:
    """A member's place in the queue, where the lists have put them already or anew; ``values`` go over it."""
    with make.storing(assignment.tenant_id):
        known = select(Target).where(Target.assignment_id == assignment.id, Target.member_id == member.id)
        if db.session.scalar(known) is None:
            db.session.add(
                Target(campaign_id=assignment.campaign_id, assignment_id=assignment.id, member_id=member.id)
            )
    return _put(make, assignment, [member.id], values)[0]


def make_targets(make: Builders, assignment: CallAssignment, count: int, **values: Any) -> list[Target]:
    """``count`` new members of the assignment's association, each with a number of their own (while
    fewer than 395 are made), in the queue; ``values`` are the targets'. All are stored at once.
    """
    with make.storing(assignment.tenant_id):
        members = [_somebody(assignment, place).id for place in itertools.islice(_numbers, count)]
        db.session.add_all(
            Target(campaign_id=assignment.campaign_id, assignment_id=assignment.id, member_id=member_id)
            for member_id in members
        )
    return _put(make, assignment, members, values)


def _put(
    make: Builders, assignment: CallAssignment, members: list[UUID], values: dict[str, Any]
) -> list[Target]:
    """Set the places as a story wants them, whatever the register says of these members."""
    theirs = Target.assignment_id == assignment.id, Target.member_id.in_(members)
    with make.storing(assignment.tenant_id):
        found = {one.member_id: one for one in db.session.scalars(select(Target).where(*theirs))}
        for one in found.values():
            for name, value in placed(values).items():
                setattr(one, name, value)
    return [found[member_id] for member_id in members]


def placed(values: dict[str, Any]) -> dict[str, Any]:
    """A target's values, its turn said where it is not; at once where no time is."""
    turn = Turn.AGAIN if values.get("tries") else Turn.NEW
    return {"turn": turn, "due_at": NOON - timedelta(days=1), **values}


def _somebody(assignment: CallAssignment, place: int) -> Member:
    name = {"first_name": f"Person{place}", "last_name": "Ek"}
    member = Member(id=uuid7(), organisation_id=assignment.organisation_id, sort_key=sort_key("Ek"), **name)
    db.session.add(member)
    db.session.flush()
    number = PhoneNumber(member_id=member.id, e164=reserved_number(place), kind=PhoneKind.MOBILE)
    db.session.add(number)
    return member


def reserved_number(place: int) -> str:
    """One of 395 numbers reserved for invented people; the same again after as many."""
    series = (
        [f"+4670174{n:04}" for n in range(605, 700)]
        + [f"+46846500{n}" for n in range(400, 500)]
        + [f"+46313900{n}" for n in range(600, 700)]
        + [f"+46406280{n}" for n in range(400, 500)]
    )
    return series[place % len(series)]


def make_shift(
    make: Builders, assignment: CallAssignment, account: Account, at: datetime = NOON, hours: float = 4
) -> Shift:
    """Let somebody in to an assignment for an evening of ``hours`` that began at ``at``."""
    ends_at = at + timedelta(hours=hours)
    with make.storing(assignment.tenant_id):
        evening = Evening(assignment_id=assignment.id, starts_at=at, ends_at=ends_at)
        db.session.add(evening)
        db.session.flush()
        shift = Shift(
            id=uuid7(),
            evening_id=evening.id,
            assignment_id=assignment.id,
            account_id=account.id,
            starts_at=at,
            ends_at=ends_at,
        )
        db.session.add(shift)
    return shift
