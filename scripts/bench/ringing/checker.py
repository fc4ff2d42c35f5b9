"""Whether the queue kept its promises: pure counting over plain rows, none of it the product's own words.

``double``: leases on one member, on one household or by one caller, overlapping in time. ``lost``: an outcome
that was acknowledged and is not stored exactly once, or a member of a list in no state or in two. ``stuck``:
a member whose lease ran out, who may be rung, and whom nobody could take afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

Home = tuple[UUID, str]
"""An association and a number: who has both lives in one household."""

TAKES_OUT = {
    "talked": {"done"},
    "talked_declined": {"done"},
    "called_back": {"done"},
    "no_calls": {"blocked"},
    "no_contact": {"blocked"},
    "deceased": {"flagged", "blocked"},
    "language": {"flagged"},
    "wants_to_leave": {"flagged"},
    "says_left": {"flagged"},
    "wrong_number": {"queued", "no_number"},
    "out_of_service": {"queued", "no_number"},
}
"""The states an outcome may leave somebody in; any other leaves them in the queue."""
QUEUED = frozenset({"queued"})
BY_REGISTER = frozenset({"blocked", "no_number", "over", "met", "tried_out", "outside"})
"""States that follow from the register and the campaign's rules, whatever was said in a call."""
BY_CALLS = frozenset({"done", "flagged", "handled"})
NO_TRY = frozenset({"skipped"})
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the trail: a call as it was after something had been stored."""

    call_id: UUID
    member_id: UUID
    caller_id: UUID
    is_open: bool
    taken_at: datetime
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as it stands at the end. ``applied``: it was reported, and in time."""

    id: UUID
    target_id: UUID
    outcome: str | None
    is_open: bool
    applied: bool
    reported_at: datetime | None
    told_again: int
    taken_at: datetime
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A member's place on a list at the end. ``may_be_rung``: by the register, at that moment."""

    id: UUID
    campaign_id: UUID
    member_id: UUID
    state: str
    tries: int
    due_at: datetime | None
    may_be_rung: bool


def doubles(trail: Iterable[Change], homes: Mapping[UUID, AbstractSet[Home]]) -> list[tuple[UUID, UUID]]:
    """Pairs of calls of which the second began while the first was under way, in the order they were stored.

    A lease that has run out is nobody's, also before anybody has put it back.
    """
    leases: dict[UUID, timedelta] = {}
    under_way: dict[object, dict[UUID, datetime]] = defaultdict(dict)
    was_open: set[UUID] = set()
    found: set[tuple[UUID, UUID]] = set()
    for change in trail:
        length = leases.setdefault(change.call_id, change.lease_until - change.taken_at)
        begins = change.is_open and change.call_id not in was_open
        for claim in _claims(change, homes):
            others = under_way[claim]
            if begins:
                start = change.lease_until - length
                found.update((other, change.call_id) for other, until in others.items() if until > start)
            if change.is_open:
                others[change.call_id] = change.lease_until
            else:
                others.pop(change.call_id, None)
        was_open.add(change.call_id) if change.is_open else was_open.discard(change.call_id)
    return sorted(found)


def _claims(change: Change, homes: Mapping[UUID, AbstractSet[Home]]) -> AbstractSet[object]:
    """What nobody else may hold meanwhile."""
    return {("member", change.member_id), ("caller", change.caller_id), *homes.get(change.member_id, ())}


def lost_outcomes(kept: Mapping[UUID, str | None], calls: Iterable[StoredCall]) -> list[UUID]:
    """Calls whose acknowledged outcome (none: its undoing) is not what is stored, or that hold it twice."""
    stored = {call.id: call for call in calls}
    return sorted(
        call_id
        for call_id, outcome in kept.items()
        if call_id not in stored or stored[call_id].outcome != outcome or stored[call_id].told_again
    )


def lost_members(
    places: Iterable[Place], calls: Iterable[StoredCall], expected: Mapping[UUID, AbstractSet[UUID]]
) -> list[UUID]:
    """Members in no state or in two: without a place in a campaign or with several, on a telephone while out
    of the queue, or standing otherwise than the calls that were made to them say. ``expected``: who must
    have a place in each campaign.
    """
    by_target: dict[UUID, list[StoredCall]] = defaultdict(list)
    for call in calls:
        by_target[call.target_id].append(call)
    times: dict[UUID, Counter[UUID]] = defaultdict(Counter)
    wrong: set[UUID] = set()
    for place in places:
        times[place.campaign_id][place.member_id] += 1
        if not _stands_right(place, by_target[place.id]):
            wrong.add(place.member_id)
    for campaign_id, members in expected.items():
        wrong.update(member for member in members if times[campaign_id][member] != 1)
    return sorted(wrong)


def _stands_right(place: Place, calls: list[StoredCall]) -> bool:
    held = sum(call.is_open for call in calls)
    applied = [call for call in calls if call.applied and call.reported_at]
    tries = sum(call.outcome not in NO_TRY for call in applied)
    known = place.state in QUEUED | BY_REGISTER | BY_CALLS
    if not known or held > 1 or (held and place.state != "queued") or place.tries != tries:
        return False
    if not applied:
        return place.state not in BY_CALLS
    last = max(applied, key=lambda call: call.reported_at or NEVER)
    return place.state in TAKES_OUT.get(str(last.outcome), QUEUED | BY_REGISTER)


def stuck(
    places: Iterable[Place], calls: Iterable[StoredCall], at: datetime, last_round: datetime
) -> list[UUID]:
    """Places whose last call ended without a word before ``last_round``, when everybody began to ask again,
    and whom nobody has been given since, though it is their turn and they may be rung. Also those of a lease
    that is over ``at`` the end and still holds them: asking should have put it back.
    """
    latest: dict[UUID, StoredCall] = {}
    over: set[UUID] = set()
    for call in sorted(calls, key=lambda call: call.taken_at):
        latest[call.target_id] = call
        if call.is_open and call.lease_until <= at:
            over.add(call.target_id)
    silent = {
        target_id for target_id, call in latest.items() if call.outcome is None and call.taken_at < last_round
    }
    waiting = (place for place in places if place.id in silent and place.state == "queued")
    return sorted(over | {one.id for one in waiting if one.may_be_rung and (one.due_at or at) <= at})
