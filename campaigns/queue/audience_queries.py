"""Whom a campaign's audience holds; per association how many can be rung now, and why the others cannot."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from campaigns.queue.audience import Audience, WhyNotNow, latest_birth, latest_birth_year
from campaigns.queue.models import Call, Target
from campaigns.queue.outcomes import Outcome
from campaigns.surveys.queries import has_answered
from organiser.members.models import Contact, Member
from organiser.members.queries import in_unit, obstacles, without_number
from organiser.members.rules import WhyNot
from organiser.members.tag_models import MemberTag
from organiser.orgs.models import Organisation

REACHED = tuple(outcome for outcome in Outcome if outcome.reached)


def in_audience(
    audience: Audience, on: date, zone: ZoneInfo, campaign_id: UUID | None = None
) -> ColumnElement[bool]:
    """The condition on ``Member`` that they are meant on the day ``on``; never NULL. It says nothing of
    whether they may be rung at all.

    ``zone``: where days begin. The calls of ``campaign_id`` itself take nobody out of its audience.
    """
    asked = [
        *([Member.organisation_id.in_(units_below(audience.units))] if audience.units else []),
        *_of_age(audience, on),
        *_joined(audience),
        *([not_(without_number())] if audience.with_number else []),
        *([_tagged(audience.tag_ids)] if audience.tag_ids else []),
    ]
    if audience.not_contacted_days is not None:
        day = on - timedelta(days=audience.not_contacted_days)
        asked += [not_(_met_since(day)), not_(_reached_since(day, zone, campaign_id))]
    return and_(true(), *asked)


def rung_recently(at: datetime) -> ColumnElement[bool]:
    """The condition on ``Member`` that they rest at ``at`` after a call, in whatever campaign it was."""
    return exists().where(*_calls_to_member(), Call.rests_until > at)


def reach(
    unit_id: UUID, audience: Audience, at: datetime, zone: ZoneInfo, survey_id: UUID | None = None
) -> Select[UUID, str, int]:
    """For each unit with members, there or below: how many can be rung at ``at`` (an empty word) or not, by
    the first reason that holds. Every member is counted once, so that the numbers add up to all of them.

    The order of reasons: over, not in the audience, what the register says, who has answered the survey that
    is asked (``survey_id``), and last who only rests.
    """
    on = at.astimezone(zone).date()
    reasons = dict(obstacles(on))
    whens: list[tuple[ColumnElement[bool], str]] = [
        (reasons.pop(WhyNot.OVER), WhyNot.OVER.value),
        (not_(in_audience(audience, on, zone)), WhyNotNow.NOT_CHOSEN.value),
        *((holds, reason.value) for reason, holds in reasons.items()),
        *([(has_answered(survey_id), WhyNotNow.ANSWERED.value)] if survey_id else []),
        (rung_recently(at), WhyNotNow.RECENT.value),
    ]
    why = case(*[(holds, literal(word)) for holds, word in whens], else_=literal(""))
    members = in_unit(select(Member), unit_id)
    each = members.with_only_columns(Member.organisation_id, cast(why, String).label("why")).subquery()
    return select(each.c.organisation_id, each.c.why, func.count()).group_by(
        each.c.organisation_id, each.c.why
    )


def units_below(unit_ids: tuple[UUID, ...]) -> Select[UUID]:
    """The ids of these units and of all below them."""
    top, unit = aliased(Organisation), aliased(Organisation)
    return select(unit.id).join(top, unit.path.startswith(top.path)).where(top.id.in_(unit_ids))


def _of_age(audience: Audience, on: date) -> list[ColumnElement[bool]]:
    """What ``campaigns.queue.audience.in_band`` says, for the ends of the band that are asked for."""
    asked = []
    if audience.age_from is not None:
        born = Member.birth_date <= latest_birth(audience.age_from, on)
        asked.append(_born(born, Member.birth_year <= latest_birth_year(audience.age_from, on)))
    if audience.age_to is not None:
        too_old = latest_birth(audience.age_to + 1, on)
        asked.append(_born(Member.birth_date > too_old, Member.birth_year > too_old.year))
    return asked


def _born(by_day: ColumnElement[bool], by_year: ColumnElement[bool]) -> ColumnElement[bool]:
    """The day where it is known, else the year; false where neither is."""
    year_alone = and_(Member.birth_date.is_(None), Member.birth_year.is_not(None), by_year)
    return or_(and_(Member.birth_date.is_not(None), by_day), year_alone)


def _joined(audience: Audience) -> list[ColumnElement[bool]]:
    known = Member.joined_on.is_not(None)
    since, before = audience.joined_since, audience.joined_before
    return [
        *([and_(known, Member.joined_on >= since)] if since else []),
        *([and_(known, Member.joined_on < before)] if before else []),
    ]


def _tagged(tag_ids: tuple[UUID, ...]) -> ColumnElement[bool]:
    return exists().where(
        MemberTag.tenant_id == Member.tenant_id,
        MemberTag.member_id == Member.id,
        MemberTag.tag_id.in_(tag_ids),
    )


def _met_since(day: date) -> ColumnElement[bool]:
    return exists().where(
        Contact.tenant_id == Member.tenant_id, Contact.member_id == Member.id, Contact.on >= day
    )


def _reached_since(day: date, zone: ZoneInfo, campaign_id: UUID | None) -> ColumnElement[bool]:
    began = datetime.combine(day, time(), zone).astimezone(UTC)
    reached = [*_calls_to_member(), Call.outcome.in_(REACHED), Call.reported_at >= began]
    if campaign_id is None:
        return exists().where(*reached)
    elsewhere = [
        Target.tenant_id == Call.tenant_id,
        Target.id == Call.target_id,
        Target.campaign_id != campaign_id,
    ]
    return exists().where(*reached, *elsewhere)


def _calls_to_member() -> tuple[ColumnElement[bool], ...]:
    """Along the index of calls by member: a few rows each, however many calls there are."""
    return Call.tenant_id == Member.tenant_id, Call.member_id == Member.id
