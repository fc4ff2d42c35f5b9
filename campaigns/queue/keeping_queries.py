"""Selects that keep the lists true: who belongs on one and is not there, and who stands there wrongly."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, literal, not_, or_, select
from sqlalchemy.orm import aliased

from campaigns.queue.audience_queries import in_audience, units_below
from campaigns.queue.call_queries import is_open
from campaigns.queue.campaign_rules import audience_of, rules_of
from campaigns.queue.ledger_queries import of_its_unit
from campaigns.queue.models import Call, CallAssignment, Campaign, FollowUp, Target
from campaigns.queue.states import WHATEVER_REST, TargetState, Turn
from campaigns.surveys.queries import has_answered
from organiser.core.prepared import one_of
from organiser.members.models import Contact, Member
from organiser.members.queries import is_over, obstacles
from organiser.members.rules import WhyNot
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of
from organiser.web.filters import zone

OF_OBSTACLE = {
    WhyNot.BLOCKED: TargetState.BLOCKED,
    WhyNot.NO_NUMBER: TargetState.NO_NUMBER,
    WhyNot.NUMBERS_FAILED: TargetState.NO_NUMBER,
}
KEPT = (
    TargetState.QUEUED,
    TargetState.BLOCKED,
    TargetState.NO_NUMBER,
    TargetState.OVER,
    TargetState.MET,
    TargetState.TRIED_OUT,
    TargetState.OUTSIDE,
)
"""The states that follow from register and rules; the others are somebody's word."""


def associations_without_list(campaign: Campaign) -> Select[UUID]:
    """The open associations under a campaign's unit that it is for and that have no assignment in it yet."""
    audience = audience_of(campaign)
    listed = select(CallAssignment.organisation_id).where(CallAssignment.campaign_id == campaign.id)
    units = associations_of(campaign.organisation_id).with_only_columns(Organisation.id)
    meant = [Organisation.id.in_(units_below(audience.units))] if audience.units else []
    return units.where(Organisation.id.not_in(listed), *meant)


def open_lists(campaign_id: UUID) -> Select[UUID]:
    """The lists of a campaign that are kept true."""
    return select(CallAssignment.id).where(
        CallAssignment.campaign_id == campaign_id, CallAssignment.closed_at.is_(None)
    )


def open_campaigns() -> Select[Campaign]:
    """Every campaign that is not closed, the oldest first."""
    return select(Campaign).where(Campaign.closed_at.is_(None)).order_by(Campaign.id)


def newcomers(
    campaign: Campaign, list_ids: Collection[UUID], on: date, member_ids: Collection[UUID] | None
) -> Select[UUID, UUID, str]:
    """List, member and state for everybody the campaign means who is not on their association's list yet;
    of ``member_ids`` only, where they are named.
    """
    listed = exists().where(
        Target.tenant_id == Member.tenant_id,
        Target.member_id == Member.id,
        Target.assignment_id == CallAssignment.id,
    )
    query = (
        select(CallAssignment.id, Member.id, cast(_state_of_new(campaign, on), String))
        .join(Member, of_its_unit())
        .where(
            CallAssignment.id.in_(list_ids),
            in_audience(audience_of(campaign), on, zone(), campaign.id),
            ~is_over(),
            ~listed,
            ~_rung_on_another_list(),
        )
        .order_by(Member.id)
    )
    return query if member_ids is None else query.where(Member.id.in_(member_ids))


def movers(
    list_ids: Collection[UUID], member_ids: Collection[UUID] | None
) -> Select[UUID, UUID, UUID, TargetState, UUID]:
    """Place, member, old list, state and new list for whoever has moved to another association that the
    campaign rings: they take their place along, with all that has come of it. Whom somebody has on the phone
    moves when that call is over. The places are kept from every other writer.
    """
    left = aliased(CallAssignment)
    listed = aliased(Target)
    already = exists().where(
        listed.tenant_id == Target.tenant_id,
        listed.member_id == Target.member_id,
        listed.assignment_id == CallAssignment.id,
    )
    held = exists().where(Call.tenant_id == Target.tenant_id, Call.target_id == Target.id, is_open())
    query = (
        select(Target.id, Target.member_id, Target.assignment_id, Target.state, CallAssignment.id)
        .join(Target.member)
        .join(left, and_(left.tenant_id == Target.tenant_id, left.id == Target.assignment_id))
        .join(CallAssignment, and_(of_its_unit(), CallAssignment.campaign_id == left.campaign_id))
        .where(CallAssignment.id.in_(list_ids), CallAssignment.id != left.id, ~already, ~held)
        .order_by(Target.created_at.desc(), Target.id)
        .with_for_update(of=Target)
    )
    return query if member_ids is None else query.where(Target.member_id.in_(member_ids))


def _rung_on_another_list() -> ColumnElement[bool]:
    """Whether somebody has the member on the phone from another list of the campaign; they come after."""
    old, place = aliased(CallAssignment), aliased(Target)
    return exists().where(
        place.tenant_id == Member.tenant_id,
        place.member_id == Member.id,
        old.tenant_id == place.tenant_id,
        old.id == place.assignment_id,
        old.campaign_id == CallAssignment.campaign_id,
        Call.tenant_id == place.tenant_id,
        Call.target_id == place.id,
        is_open(),
    )


def places_of(member_ids: Collection[UUID]) -> Select[UUID, TargetState]:
    """List and state of every place of these members, kept from every other writer."""
    places = select(Target.assignment_id, Target.state).where(Target.member_id.in_(member_ids))
    return places.order_by(Target.id).with_for_update()


def errands_of(target_ids: Collection[UUID]) -> Select[UUID, UUID]:
    """Follow-up and place for what is to be done for these."""
    return select(FollowUp.id, FollowUp.target_id).where(FollowUp.target_id.in_(target_ids))


def misplaced(
    campaign: Campaign, list_ids: Collection[UUID], on: date, member_ids: Collection[UUID] | None
) -> Select[UUID, UUID, TargetState, str]:
    """Place, list and state of those on the lists whose state is not what register and rules say, with the
    one that is; kept from every other writer. Whom somebody has on the phone stays as they are until that
    call is over.
    """
    state = cast(_state(campaign, on), String)
    held = exists().where(Call.tenant_id == Target.tenant_id, Call.target_id == Target.id, is_open())
    query = (
        select(Target.id, Target.assignment_id, Target.state, state)
        .join(Target.member)
        .join(Target.assignment)
        .where(
            Target.assignment_id.in_(list_ids),
            Target.state.in_(KEPT),
            state != cast(Target.state, String),
            ~held,
        )
        .order_by(Target.id)
        .with_for_update(of=Target, key_share=True)
    )
    return query if member_ids is None else query.where(Target.member_id.in_(member_ids))


def _state(campaign: Campaign, on: date) -> ColumnElement[str]:
    never_meant = and_(
        Target.turn == Turn.NEW,
        Target.tries == 0,
        ~in_audience(audience_of(campaign), on, zone(), campaign.id),
    )
    met = and_(Target.turn != Turn.PROMISED, _met_since(campaign))
    answered = and_(Target.turn == Turn.NEW, _answered(campaign))
    tried_out = and_(not_(one_of(Target.turn, WHATEVER_REST)), Target.tries >= rules_of(campaign).tries)
    return case(
        *_obstacles(on),
        (~of_its_unit(), literal(TargetState.OVER.value)),
        (never_meant, literal(TargetState.OUTSIDE.value)),
        (or_(met, answered), literal(TargetState.MET.value)),
        (tried_out, literal(TargetState.TRIED_OUT.value)),
        else_=literal(TargetState.QUEUED.value),
    )


def _state_of_new(campaign: Campaign, on: date) -> ColumnElement[str]:
    return case(
        *_obstacles(on),
        (or_(_met_since(campaign), _answered(campaign)), literal(TargetState.MET.value)),
        else_=literal(TargetState.QUEUED.value),
    )


def _obstacles(on: date) -> list[tuple[ColumnElement[bool], ColumnElement[str]]]:
    return [
        (holds, literal(OF_OBSTACLE.get(why, TargetState.OVER).value)) for why, holds in obstacles(on).items()
    ]


def _met_since(campaign: Campaign) -> ColumnElement[bool]:
    """Whether the member was met by another way since the campaign began."""
    return exists().where(
        Contact.tenant_id == Member.tenant_id,
        Contact.member_id == Member.id,
        Contact.on >= campaign.starts_on,
    )


def _answered(campaign: Campaign) -> ColumnElement[bool]:
    """Whether the member has answered the campaign's survey before they were rung."""
    return literal(value=False) if campaign.survey_id is None else has_answered(campaign.survey_id)
