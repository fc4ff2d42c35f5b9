"""Make a campaign with a list for every association in one step, keep the lists true, close it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.calling import campaigns_queries as queries
from campaigns.calling import evenings_queries
from campaigns.calling.evenings_services import end_evening
from campaigns.calling.models import CallAssignment, Campaign, Target
from campaigns.calling.states import TargetState
from organiser.accounts.models import Account
from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core.bulk import add_rows, change_rows
from organiser.core.database import db
from organiser.members.rules import WhyNot
from organiser.members.services import By
from organiser.orgs.models import Organisation

STATE_OF_LEAVER = {
    WhyNot.BLOCKED.value: TargetState.BLOCKED,
    WhyNot.NO_NUMBER.value: TargetState.NO_NUMBER,
    WhyNot.NUMBERS_FAILED.value: TargetState.NO_NUMBER,
}


class ChangedMeanwhile(Exception):
    """Somebody saved the campaign after this form was opened."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What an organiser writes of a campaign. ``script``: Markdown, a heading begins each step."""

    title: str
    purpose: str
    script: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Members who came on the lists, came back into the queue, and were taken out of it."""

    new: int
    back: int
    out: int


def make_campaign(campaign_id: UUID, unit: Organisation, draft: CampaignDraft, by: By, on: date) -> Campaign:
    """A campaign of ``unit``, a call assignment for each open association under it, and a target for each of
    their members who may be rung on the day ``on``. ``campaign_id`` is the form's: sent twice, made once.
    """
    known = _campaign(campaign_id)
    if known is not None:
        return known
    campaign = Campaign(
        id=campaign_id,
        organisation_id=unit.id,
        made_by_id=by.account_id,
        created_at=by.at,
        **_columns(draft),
    )
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError:  # the same form, sent at the same moment; the database keeps one
        return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()
    refresh_campaign(campaign, by.at, on)
    return campaign


def change_campaign(campaign: Campaign, draft: CampaignDraft, seen_version: int) -> Campaign:
    """Keep what was written; callers see a new guide at their next member. ``seen_version`` is the one
    the form showed. Raises ``ChangedMeanwhile``.
    """
    if campaign.version != seen_version:
        raise ChangedMeanwhile
    for name, value in _columns(draft).items():
        setattr(campaign, name, value)
    db.session.flush()
    return campaign


def close_campaign(campaign: Campaign, at: datetime) -> Campaign:
    """Nobody rings in it any more: evenings under way end now. Closing twice changes nothing."""
    if campaign.closed_at is None:
        campaign.closed_at = at
        for evening in db.session.scalars(evenings_queries.unfinished_of(campaign.id, at)):
            end_evening(evening, at)
        db.session.flush()
    return campaign


def reopen_campaign(campaign: Campaign) -> Campaign:
    """It may be rung again; evenings are started anew."""
    campaign.closed_at = None
    db.session.flush()
    return campaign


def refresh_campaign(campaign: Campaign, at: datetime, on: date) -> Refreshed:
    """Lists for associations that have none yet, and every open list as the register has it ``on`` a day."""
    units = db.session.scalars(queries.associations_without_list(campaign)).all()
    db.session.add_all(CallAssignment(campaign_id=campaign.id, organisation_id=unit) for unit in units)
    db.session.flush()
    lists = db.session.scalars(queries.lists_of(campaign.id)).all()
    return _refresh([one.id for one in lists if one.closed_at is None], at, on)


def refresh_assignment(assignment: CallAssignment, at: datetime, on: date) -> Refreshed:
    """Bring in those who may be rung since the list was made, take out those who may not; who has been talked
    to, or waits for an organiser, stays as they are.
    """
    return _refresh([assignment.id], at, on)


def set_responsible(assignment: CallAssignment, account: Account | None) -> CallAssignment:
    """Who answers for the list; none: nobody does."""
    assignment.responsible_id = account.id if account else None
    db.session.flush()
    db.session.expire(assignment, ["responsible"])
    return assignment


def _campaign(campaign_id: UUID) -> Campaign | None:
    found: Campaign | None = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id))
    return found


def _columns(draft: CampaignDraft) -> dict[str, object]:
    return {
        "title": draft.title,
        "purpose": draft.purpose,
        "script": draft.script,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
    }


def _refresh(assignment_ids: Collection[UUID], at: datetime, on: date) -> Refreshed:
    """A few statements for all the lists together, however many members."""
    out = [
        {"id": target_id, "state": STATE_OF_LEAVER.get(why, TargetState.OVER), "due_at": None}
        for target_id, why in db.session.execute(queries.leavers(assignment_ids, on))
    ]
    back = [
        {"id": target_id, "state": TargetState.QUEUED, "due_at": None}
        for target_id in db.session.scalars(queries.returners(assignment_ids, on))
    ]
    new = _bring_in(assignment_ids, at, on)
    change_rows(db.session(), Target, [*out, *back])
    for assignment_id in assignment_ids:
        _tell(assignment_id, new.get(assignment_id, 0))
    if out or back:
        db.session.expire_all()
    return Refreshed(sum(new.values()), len(back), len(out))


def _bring_in(assignment_ids: Collection[UUID], at: datetime, on: date) -> dict[UUID, int]:
    """A target for each newcomer; gives how many came to each list."""
    found = db.session.execute(queries.newcomers(assignment_ids, on)).all()
    add_rows(
        db.session(),
        Target,
        [
            {
                "assignment_id": assignment_id,
                "member_id": member_id,
                "state": TargetState.QUEUED,
                "promised": False,
                "tries": 0,
                "created_at": at,
                "version": 1,
            }
            for assignment_id, member_id in found
        ],
    )
    counts: dict[UUID, int] = {}
    for assignment_id, _member_id in found:
        counts[assignment_id] = counts.get(assignment_id, 0) + 1
    return counts


def _tell(assignment_id: UUID, new: int) -> None:
    """The log of changes: how many came on a list; which ones stands in the rows themselves."""
    if new:
        record(CallAssignment.__tablename__, assignment_id, Deed.CHANGED, {"members_added": [None, new]})
