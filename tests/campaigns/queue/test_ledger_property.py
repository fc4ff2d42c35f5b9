"""Whatever happens and in whatever order, each member of an audience stands in one place, and they add up."""

from collections import Counter
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.queue import ledger_queries
from campaigns.queue.audience_queries import in_audience
from campaigns.queue.campaign_rules import audience_of
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.places import LEFT, Place, Seen, place_of
from campaigns.queue.queue_now import members_on
from campaigns.queue.recounting import list_differences
from campaigns.queue.states import TargetState
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.members.queries import is_over
from organiser.members.rules import why_not_callable
from organiser.orgs.queries import below
from organiser.web.filters import zone
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.campaigns.queue.nights import ACTS, Nights

Act = tuple[str, int, int]
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 19)), max_size=25)


def seen(target: Target, here: Nights) -> Seen:
    """What is known of one place, read row by row."""
    calls = db.session.scalars(select(Call).where(Call.member_id == target.member_id)).all()
    reasons = why_not_callable(target.member, here.today)
    return Seen(
        state=target.state,
        turn=target.turn,
        due_at=target.due_at,
        held=any(one.target_id == target.id and one.is_open and one.lease_until > here.at for one in calls),
        obstacle=reasons[0] if reasons else None,
        moved=target.member.organisation_id != target.assignment.organisation_id,
        rests_until=max((one.rests_until for one in calls if one.rests_until), default=None),
    )


def places_by_hand(here: Nights) -> dict[UUID, Place]:
    """Target to place, for everybody who is not outside of the audience."""
    db.session.expire_all()
    found = {one.id: place_of(seen(one, here), here.at) for one in db.session.scalars(select(Target))}
    return {target_id: place for target_id, place in found.items() if place is not None}


def places_in_sql(here: Nights) -> dict[UUID, Place]:
    where = ledger_queries.place(here.at, here.today)
    query = ledger_queries.audience_of(here.list_ids).with_only_columns(Target.id, where)
    return {target_id: Place(place) for target_id, place in db.session.execute(query)}


def assert_one_place_each(here: Nights) -> None:
    """The pure words and SQL say the same, and so do the sums on every level."""
    by_hand = places_by_hand(here)
    assert places_in_sql(here) == by_hand
    ledgers = ledgers_of(here.list_ids, here.at)
    for list_id, ledger in ledgers.items():
        own = select(Target.id).where(Target.assignment_id == list_id)
        standing = [by_hand[one] for one in db.session.scalars(own) if one in by_hand]
        assert ledger.places == Counter(standing)
        assert ledger.left + ledger.settled + ledger.aside == ledger.audience == len(standing)
    whole = summed(ledgers.values())
    assert whole.audience == len(by_hand) == sum(one.audience for one in ledgers.values())
    assert_districts_add_up(here, ledgers, whole)


def assert_districts_add_up(here: Nights, ledgers: dict[UUID, Ledger], whole: Ledger) -> None:
    """What the lists below a unit come to, asked for at once, is their sum; so is the top's."""
    for unit in (here.root, *here.units):
        units = below(unit).with_only_columns(below(unit).selected_columns.id).order_by(None)
        ids = select(CallAssignment.id).where(CallAssignment.organisation_id.in_(units))
        at_once: Counter[Place] = Counter()
        for _list, place, number in db.session.execute(ledger_queries.ledger(ids, here.at, here.today)):
            at_once[Place(place)] += number
        parts = summed([ledgers[one] for one in db.session.scalars(ids)])
        assert at_once == parts.places
        if unit == here.root:
            assert parts == whole


def assert_everybody_meant_stands_on_their_list(here: Nights) -> None:
    """Each member whom the campaign is for has exactly one place on the list of their own association."""
    campaign = here.campaign_now()
    if campaign.closed_at is not None:
        return
    meant = select(Member.id, Member.organisation_id).where(
        in_audience(audience_of(campaign), here.today, zone(), campaign.id), ~is_over()
    )
    closed = set(db.session.scalars(select(CallAssignment.id).where(CallAssignment.closed_at.is_not(None))))
    for member_id, unit_id in db.session.execute(meant):
        if unit_id not in here.lists or here.lists[unit_id].id in closed:
            continue
        places = select(func.count(Target.id)).where(
            Target.member_id == member_id,
            Target.assignment_id == here.lists[unit_id].id,
            Target.state != TargetState.OUTSIDE,
        )
        assert db.session.scalar(places) == 1


def assert_lists_keep_their_counts(here: Nights) -> None:
    """What the lists keep is what a look at every place finds; everybody on them is of the audience."""
    by_hand: dict[UUID, list[int]] = {one: [0, 0] for one in here.list_ids}
    for target in db.session.scalars(select(Target)):
        by_hand[target.assignment_id][0] += target.state is not TargetState.OUTSIDE
        by_hand[target.assignment_id][1] += target.state is TargetState.QUEUED
    kept = members_on(here.list_ids)
    assert {one: list(numbers) for one, numbers in kept.items()} == by_hand
    assert list_differences() == []
    for list_id, ledger in ledgers_of(here.list_ids, here.at).items():
        assert kept[list_id].on_list == ledger.audience


def assert_left_is_what_the_ledger_says_but_for_the_moment(here: Nights) -> None:
    """The kept number follows states. The ledger looks at the moment as well: whoever is held is left, in
    whatever state; whoever the register keeps from being rung since this morning, say, is not.
    """
    placed = places_by_hand(here)
    targets = {one.id: one for one in db.session.scalars(select(Target))}
    differ = Counter(
        {
            list_id: numbers.left - ledgers_of([list_id], here.at)[list_id].left
            for list_id, numbers in members_on(here.list_ids).items()
        }
    )
    for target_id, place in placed.items():
        target = targets[target_id]
        differ[target.assignment_id] -= (target.state is TargetState.QUEUED) - (place in LEFT)
    assert not any(differ.values())


def lived(make: Builders, story: list[Act]) -> Nights:
    here = Nights(make)
    for act in story:
        here.happen(*act)
    return here


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=acts)
@example(story=[("take", 0, 1), ("tell", 0, 0), ("plan", 0, 1), ("regret", 0, 0), ("move", 0, 1)])
@example(story=[("take", 0, 1), ("minutes", 0, 3), ("take", 1, 1), ("tell", 0, 12), ("lift", 0, 0)])
@example(story=[("take", 0, 1), ("tell", 0, 9), ("close", 0, 1), ("read_list", 0, 1), ("close", 0, 0)])
@example(story=[("plan", 0, 3), ("take", 0, 1), ("tell", 0, 0), ("wait", 0, 9), ("meet", 1, 0)])
def test_everybody_stands_in_one_place_after_any_acts(app: Framed, make: Builders, story: list[Act]) -> None:
    here = lived(make, story)
    with app.app_context(), inside(here.tenant_id), clock.at(here.at):
        assert_one_place_each(here)
        assert_lists_keep_their_counts(here)
        assert_left_is_what_the_ledger_says_but_for_the_moment(here)
        assert_everybody_meant_stands_on_their_list(here)
