"""The one who counts after a ringing evening finds what went wrong, and accuses nobody who did right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from ringing.checker import Change, Place, StoredCall, doubles, lost_members, lost_outcomes, stuck

SIX = datetime(2026, 11, 2, 18, tzinfo=UTC)
LEASE = timedelta(minutes=20)
ANNA, BO, CARIN = (UUID(int=number) for number in (1, 2, 3))
KIM, ROBIN = UUID(int=11), UUID(int=12)
FIRST, SECOND = UUID(int=21), UUID(int=22)
CAMPAIGN, PLACE = UUID(int=31), UUID(int=41)
FALUN, AVESTA = UUID(int=51), UUID(int=52)


def minute(number: int) -> datetime:
    return SIX + timedelta(minutes=number)


def taken(call: UUID, member: UUID, caller: UUID, at: int) -> Change:
    return Change(call, member, caller, True, minute(at), minute(at) + LEASE)


def ended(change: Change) -> Change:
    return replace(change, is_open=False)


def test_one_after_the_other_is_no_double() -> None:
    first = taken(FIRST, ANNA, KIM, 0)
    assert doubles([first, ended(first), taken(SECOND, ANNA, ROBIN, 1)], {}) == []


def test_two_callers_on_one_member_are_a_double() -> None:
    trail = [taken(FIRST, ANNA, KIM, 0), taken(SECOND, ANNA, ROBIN, 19)]
    assert doubles(trail, {}) == [(FIRST, SECOND)]


def test_one_caller_with_two_members_is_a_double() -> None:
    trail = [taken(FIRST, ANNA, KIM, 0), taken(SECOND, BO, KIM, 1)]
    assert doubles(trail, {}) == [(FIRST, SECOND)]


def test_a_double_is_counted_once_however_many_rules_it_breaks() -> None:
    trail = [taken(FIRST, ANNA, KIM, 0), taken(SECOND, ANNA, KIM, 1)]
    assert doubles(trail, {ANNA: {(FALUN, "a"), (FALUN, "b")}}) == [(FIRST, SECOND)]


def test_a_household_rung_by_two_at_once_is_a_double() -> None:
    homes = {ANNA: {(FALUN, "+46701740605")}, BO: {(FALUN, "+46701740606"), (FALUN, "+46701740605")}}
    trail = [taken(FIRST, ANNA, KIM, 0), taken(SECOND, BO, ROBIN, 1)]
    assert doubles(trail, homes) == [(FIRST, SECOND)]


def test_one_number_in_two_associations_is_no_household() -> None:
    homes = {ANNA: {(FALUN, "+46701740605")}, BO: {(AVESTA, "+46701740605")}}
    assert doubles([taken(FIRST, ANNA, KIM, 0), taken(SECOND, BO, ROBIN, 1)], homes) == []


def test_a_lease_that_has_run_out_is_nobodys_though_nobody_has_put_it_back() -> None:
    assert doubles([taken(FIRST, ANNA, KIM, 0), taken(SECOND, ANNA, ROBIN, 20)], {}) == []


def test_what_was_stored_first_came_first_whatever_the_clocks_say() -> None:
    late = taken(FIRST, ANNA, KIM, 1)
    assert doubles([late, ended(late), taken(SECOND, ANNA, ROBIN, 0)], {}) == []


def test_a_call_opened_again_by_undoing_collides_with_whoever_rings_since() -> None:
    first = taken(FIRST, ANNA, KIM, 0)
    again = replace(first, lease_until=minute(5) + LEASE)
    assert doubles([first, ended(first), taken(SECOND, ANNA, ROBIN, 4), again], {}) == [(SECOND, FIRST)]


def test_a_change_while_the_call_goes_on_is_no_new_lease() -> None:
    first = taken(FIRST, ANNA, KIM, 0)
    assert doubles([first, first, ended(first)], {}) == []


def stored(outcome: str | None = "talked", **changes: object) -> StoredCall:
    call = StoredCall(
        FIRST, PLACE, outcome, outcome is None, outcome is not None, minute(2), 0, minute(0), minute(20)
    )
    return replace(call, **changes)  # type: ignore[arg-type]  # the tests name real fields


def test_what_was_acknowledged_and_is_stored_is_not_lost() -> None:
    assert lost_outcomes({FIRST: "talked"}, [stored()]) == []


@pytest.mark.parametrize(
    "call",
    [stored("no_answer"), stored(None), stored(id=SECOND), stored(told_again=1)],
    ids=["another outcome", "none", "no such call", "stored twice"],
)
def test_what_was_acknowledged_and_stands_otherwise_is_lost(call: StoredCall) -> None:
    assert lost_outcomes({FIRST: "talked"}, [call]) == [FIRST]


def test_an_undoing_that_was_acknowledged_leaves_no_outcome() -> None:
    assert lost_outcomes({FIRST: None}, [stored(None)]) == []
    assert lost_outcomes({FIRST: None}, [stored()]) == [FIRST]


def place(state: str = "done", tries: int = 1, **changes: object) -> Place:
    made = Place(PLACE, CAMPAIGN, ANNA, state, tries, SIX, may_be_rung=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name real fields


def test_a_member_who_stands_as_the_calls_say_is_not_lost() -> None:
    assert lost_members([place()], [stored()], {CAMPAIGN: {ANNA}}) == []


@pytest.mark.parametrize(
    ("standing", "call"),
    [
        (place("queued"), stored()),
        (place("done"), stored("no_answer")),
        (place("somewhere"), stored()),
        (place(tries=2), stored()),
        (place("done", 0), stored(None)),
        (place("flagged", 0), stored("talked", applied=False)),
    ],
    ids=["talked yet queued", "not reached yet done", "no state", "counted twice", "two states", "late"],
)
def test_a_member_who_stands_otherwise_is_lost(standing: Place, call: StoredCall) -> None:
    assert lost_members([standing], [call], {CAMPAIGN: {ANNA}}) == [ANNA]


def test_skipping_is_no_try() -> None:
    assert lost_members([place("queued", 0)], [stored("skipped")], {CAMPAIGN: {ANNA}}) == []


def test_the_last_outcome_says_where_somebody_stands() -> None:
    before = stored("no_answer", id=SECOND, reported_at=minute(1))
    assert lost_members([place("done", 2)], [stored(), before], {CAMPAIGN: {ANNA}}) == []


def test_a_member_without_a_place_or_with_two_is_lost() -> None:
    queued = place("queued", 0)
    assert lost_members([queued], [], {CAMPAIGN: {ANNA, BO}}) == [BO]
    twice = [queued, replace(queued, id=UUID(int=42))]
    assert lost_members(twice, [], {CAMPAIGN: {ANNA}}) == [ANNA]


RAN_OUT = stored(None, is_open=False)


def test_whoever_was_held_may_be_rung_and_got_nobody_since_is_stuck() -> None:
    assert stuck([place("queued", 0)], [RAN_OUT], minute(40), minute(21)) == [PLACE]


def test_whoever_was_dealt_out_again_is_not_stuck() -> None:
    again = stored(None, id=SECOND, is_open=False, taken_at=minute(22), lease_until=minute(42))
    assert stuck([place("queued", 0)], [RAN_OUT, again], minute(40), minute(21)) == []


@pytest.mark.parametrize(
    "standing",
    [place("queued", 1, due_at=minute(41)), place("queued", 0, may_be_rung=False), place()],
    ids=["rests", "may not be rung", "is done"],
)
def test_whoever_is_not_to_be_rung_is_not_stuck(standing: Place) -> None:
    assert stuck([standing], [RAN_OUT], minute(40), minute(21)) == []


def test_a_lease_that_is_over_and_still_holds_its_member_is_stuck() -> None:
    held = stored(None, taken_at=minute(22), lease_until=minute(42))
    assert stuck([place("queued", 0)], [held], minute(41), minute(21)) == []
    assert stuck([place("queued", 0)], [held], minute(42), minute(21)) == [PLACE]
