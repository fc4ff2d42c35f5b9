"""Selects behind the kept counts of the lists: as they are kept, and as a recount finds them."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from campaigns.queue.count_models import ListCount
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.states import TargetState
from organiser.core.prepared import ids, prepared
from organiser.orgs.models import Organisation


@cache
def kept() -> Select[*tuple[Any, ...]]:
    """Of the lists ``ids``, those somebody ever stood on: list, members on it, members left to ring."""
    query = select(ListCount.id, ListCount.on_list, ListCount.left)
    return prepared(query.where(ListCount.id.in_(ids("ids"))))


def kept_by_all() -> Select[UUID, int, int]:
    """The same of every list, in order."""
    return select(ListCount.id, ListCount.on_list, ListCount.left).order_by(ListCount.id)


def found_by_all() -> Select[UUID, int, int]:
    """The same, counted from every member's place."""
    on_list = func.count().filter(Target.state != TargetState.OUTSIDE)
    left = func.count().filter(Target.state == TargetState.QUEUED)
    return select(Target.assignment_id, on_list, left).group_by(Target.assignment_id)


def lists_with_names() -> Select[UUID, str, str]:
    """Every list with its association's slug and its campaign's title, in the order of the associations."""
    return (
        select(CallAssignment.id, Organisation.slug, Campaign.title)
        .join(CallAssignment.organisation)
        .join(CallAssignment.campaign)
        .order_by(Organisation.sort_key, Campaign.id, CallAssignment.id)
    )
