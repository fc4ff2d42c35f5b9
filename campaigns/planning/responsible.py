"""Who answers for which list: proposed from the roles people have, and who may be chosen instead."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from campaigns.planning import queries
from campaigns.queue import list_queries
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.orgs.models import Organisation


def proposed_for(units: Iterable[Organisation]) -> dict[UUID, Account]:
    """For each unit that has somebody of its own who plans calls there: the first of them by name."""
    own: dict[UUID, Account] = {}
    for account, unit in _planners():
        own.setdefault(unit.id, account)
    return {unit.id: own[unit.id] for unit in units if unit.id in own}


def answerable_for(units: Iterable[Organisation]) -> dict[UUID, list[Account]]:
    """For each unit those who may answer for its list: whoever plans calls there or higher up, by name."""
    planners = _planners()
    return {
        unit.id: list(dict.fromkeys(who for who, top in planners if unit.path.startswith(top.path)))
        for unit in units
    }


def propose_responsible(campaign: Campaign, but: Collection[UUID] = ()) -> Sequence[CallAssignment]:
    """Name somebody for each of the campaign's lists nobody answers for, where its association has somebody;
    lists of these ids are left alone.
    """
    lists = db.session.scalars(list_queries.lists_of(campaign.id)).all()
    proposed = proposed_for([one.organisation for one in lists])
    named = [one for one in lists if one.id not in but and one.responsible_id is None]
    for one in named:
        if account := proposed.get(one.organisation_id):
            one.responsible = account
    db.session.flush()
    return lists


def name_responsible(lists: Iterable[CallAssignment], chosen: dict[UUID, UUID | None]) -> int:
    """Keep who was chosen for each list, by id; gives how many lists changed hands."""
    changed = [one for one in lists if one.id in chosen and one.responsible_id != chosen[one.id]]
    for one in changed:
        one.responsible_id = chosen[one.id]
    db.session.flush()
    for one in changed:
        db.session.expire(one, ["responsible"])
    return len(changed)


def _planners() -> Sequence[tuple[Account, Organisation]]:
    return [(account, unit) for account, unit in db.session.execute(queries.planners())]
