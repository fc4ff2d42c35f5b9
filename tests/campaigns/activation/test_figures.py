"""The numbers are what anybody would get who counted by hand, and no statement loads a member."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from campaigns.activation.figures import Figures
from campaigns.activation.stats import WEEKS, figures_of
from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim
from campaigns.queue.outcomes import Outcome
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Channel, MemberStatus, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.models import ImportBatch
from tests.builders import NOON, Builders, Tree
from tests.campaigns.activation.builders import Ringing

ACTIVE = [MemberStatus.ACTIVE, MemberStatus.UNPAID, MemberStatus.OTHER]
SWEDEN = ZoneInfo("Europe/Stockholm")
LONG_AGO = NOON - timedelta(hours=2600)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """What happens is counted on the day it happens; the stories are told at noon."""
    with clock.at(NOON):
        yield


def counted(
    make: Builders, tree: Tree, unit_id: UUID, at: datetime = NOON, known_on: date | None = None
) -> Figures:
    with make.app.app_context(), inside(tree.tenant_id):
        unit = db.session.scalars(select(Organisation).where(Organisation.id == unit_id)).one()
        return figures_of(unit, at, known_on)


def row(figures: Figures, unit_id: UUID) -> tuple[int, int | None, int | None, int | None]:
    found = next(each for each in figures.rows if each.id == unit_id)
    return found.members, found.callable, found.contacted, found.talked


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


@dataclass(slots=True)
class Known:
    """What a plain recount knows of one member; the days are those where the tenant is."""

    unit_id: UUID
    current: bool
    callable: bool
    reached: list[date] = field(default_factory=list)
    talked: list[date] = field(default_factory=list)

    def by(self, day: date) -> tuple[bool, bool]:
        """Whether contacted, and talked with, by the end of a day."""
        return any(on <= day for on in self.reached), any(on <= day for on in self.talked)


def some_life(rng: random.Random, make: Builders, tree: Tree, ringing: Ringing) -> list[Known]:
    """Members here and there, some blocked, some gone; then they are rung and met, one after the other."""
    with clock.at(LONG_AGO):
        people = [somebody(rng, make, tree, unit_id) for unit_id in homes(tree)]
    happens = sorted(
        (rng.randrange(0, 2500), place)
        for place in range(len(people))
        for _ in range(rng.choice([0, 0, 1, 1, 2, 4]))
    )
    for hours, place in reversed(happens):
        with clock.at(NOON - timedelta(hours=hours)):
            happen(rng, ringing, *people[place])
    return [seen for _member, seen in people]


def homes(tree: Tree) -> list[UUID]:
    return [tree.falun] * 14 + [tree.borlange] * 9 + [tree.district] * 3 + [tree.sundsvall] * 6


def somebody(rng: random.Random, make: Builders, tree: Tree, unit_id: UUID) -> tuple[Member, Known]:
    status = rng.choice([*ACTIVE, *ACTIVE, MemberStatus.LEFT, MemberStatus.DECEASED])
    values = {"protected": rng.random() < 0.1, "status": status}
    if rng.random() < 0.2:
        values["phone"] = None
    member = make.member(tree.tenant_id, unit_id, **values)
    blocked = rng.random() < 0.2
    if blocked:
        scope = rng.choice([BlockScope.CALLS, BlockScope.CONTACT])
        with make.storing(tree.tenant_id):
            db.session.add(Block(member_id=member.id, scope=scope, source=Source.PERSON, set_at=NOON))
    current = status in ACTIVE
    rung = current and not blocked and not values["protected"] and "phone" not in values
    return member, Known(unit_id, current, rung)


def happen(rng: random.Random, ringing: Ringing, member: Member, seen: Known) -> None:
    at = clock.now()
    today = at.astimezone(SWEDEN).date()
    if rng.random() < 0.2:
        ringing.met(member, today, rng.choice(list(Channel)))
        seen.reached.append(today)
        return
    outcome = rng.choice([None, *Outcome])
    ringing.rang(member, outcome, at)
    if outcome is not None and outcome.reached:
        seen.reached.append(today)
    if outcome in {Outcome.TALKED, Outcome.CALLED_BACK}:
        seen.talked.append(today)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_counts_are_those_of_a_plain_recount(make: Builders, tree: Tree, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # a story, not a secret
    ringing = Ringing(make, tree.tenant_id, tree.root)
    known = [each for each in some_life(rng, make, tree, ringing) if each.current]
    figures = counted(make, tree, tree.root)
    for unit_id in (tree.falun, tree.borlange, tree.district, tree.sundsvall):
        here = [each for each in known if each.unit_id == unit_id]
        told = (
            len(here),
            sum(each.callable for each in here),
            sum(bool(each.reached) for each in here),
            sum(bool(each.talked) for each in here),
        )
        if here:
            assert row(figures, unit_id) == told
    assert figures.totals.members == len(known)
    assert figures.totals.contacted == sum(bool(each.reached) for each in known)
    assert figures.totals.both == sum(bool(each.reached) and each.callable for each in known)
    for back in range(WEEKS):
        day = NOON.date() - timedelta(weeks=back)
        contacted, talked = zip(*(one.by(day) for one in known), strict=True)
        assert figures.trend.contacted[-1 - back] == sum(contacted)
        assert figures.trend.talked[-1 - back] == sum(talked)
        earlier = counted(make, tree, tree.root, known_on=day)
        assert (earlier.totals.contacted, earlier.totals.talked) == (sum(contacted), sum(talked))
        assert earlier.known_on == (day if back else None)


def test_the_rows_add_up_to_the_whole_at_every_height_of_the_tree(make: Builders, tree: Tree) -> None:
    rng = random.Random(4)  # noqa: S311  # a story, not a secret
    some_life(rng, make, tree, Ringing(make, tree.tenant_id, tree.root))
    districts = [counted(make, tree, unit_id) for unit_id in (tree.district, tree.sister_district)]
    whole = counted(make, tree, tree.root).totals
    for name in ("members", "callable", "contacted", "talked", "both", "begun"):
        assert getattr(whole, name) == sum(getattr(each.totals, name) for each in districts)
    for figures in districts:
        for name in ("members", "callable", "contacted", "talked"):
            assert getattr(figures.totals, name) == sum(getattr(each, name) for each in figures.rows)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_counts_as_contacted_is_what_the_outcome_says(
    make: Builders, tree: Tree, outcome: Outcome
) -> None:
    Ringing(make, tree.tenant_id, tree.district).rang(make.member(tree.tenant_id, tree.falun), outcome)
    totals = counted(make, tree, tree.district).totals
    assert totals.contacted == int(outcome.reached)
    assert totals.talked == int(outcome in {Outcome.TALKED, Outcome.CALLED_BACK})
    assert totals.begun == int(outcome is not Outcome.SKIPPED)


def test_a_call_given_back_or_undone_is_none_and_one_told_late_is_one(make: Builders, tree: Tree) -> None:
    ringing = Ringing(make, tree.tenant_id, tree.district)
    ringing.rang(make.member(tree.tenant_id, tree.falun), None)
    assert counted(make, tree, tree.district).totals.contacted == 0
    ringing.rang(make.member(tree.tenant_id, tree.falun), Outcome.TALKED, given_back=True)
    assert counted(make, tree, tree.district).totals.contacted == 1


def test_a_member_counts_once_however_often_and_in_whatever_way_they_were_met(
    make: Builders, tree: Tree
) -> None:
    ringing, member = Ringing(make, tree.tenant_id, tree.district), make.member(tree.tenant_id, tree.falun)
    for _ in range(3):
        ringing.rang(member, Outcome.TALKED)
        ringing.met(member)
    assert row(counted(make, tree, tree.district), tree.falun) == (1, 1, 1, 1)


def test_who_has_left_is_neither_above_nor_below_the_line(make: Builders, tree: Tree) -> None:
    ringing = Ringing(make, tree.tenant_id, tree.district)
    gone = make.member(tree.tenant_id, tree.falun, status=MemberStatus.LEFT)
    ringing.rang(gone, Outcome.SAYS_LEFT)
    make.member(tree.tenant_id, tree.falun)
    assert row(counted(make, tree, tree.district), tree.falun) == (1, 1, 0, 0)


def test_another_tenant_s_calls_are_never_counted(make: Builders, tree: Tree) -> None:
    theirs = Ringing(make, tree.other_tenant_id, tree.other_root)
    theirs.rang(make.member(tree.other_tenant_id, tree.other_association), Outcome.TALKED)
    make.member(tree.tenant_id, tree.falun)
    assert counted(make, tree, tree.root).totals.contacted == 0


def test_an_association_nobody_is_read_in_to_stands_there_with_nothing(make: Builders, tree: Tree) -> None:
    figures = counted(make, tree, tree.district)
    assert [each.name for each in figures.rows] == ["Borlänge", "Falun"]
    assert row(figures, tree.falun) == (0, 0, 0, 0)
    assert figures.progress.percent is None


def test_a_closed_association_stands_there_while_it_has_members(make: Builders, tree: Tree) -> None:
    make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.tenant_id):
        for unit in db.session.scalars(select(Organisation).where(Organisation.kind == OrgKind.ASSOCIATION)):
            unit.closed_at = NOON
    assert [each.name for each in counted(make, tree, tree.district).rows] == ["Falun"]


def test_who_answers_for_the_calls_is_told_while_the_list_is_open(make: Builders, tree: Tree) -> None:
    ringing = Ringing(make, tree.tenant_id, tree.district)
    samira = make.account(tree.tenant_id, name="Samira Elm")
    assignment = ringing.list_of(tree.falun, responsible_id=samira.id)
    names = {each.name: each.responsible for each in counted(make, tree, tree.district).rows}
    assert names == {"Borlänge": "", "Falun": "Samira Elm"}
    with make.storing(tree.tenant_id):
        db.session.merge(assignment).closed_at = NOON
    assert not any(each.responsible for each in counted(make, tree, tree.district).rows)


def test_the_register_s_date_is_that_of_the_last_list_that_stands(make: Builders, tree: Tree) -> None:
    def read_in(unit_id: UUID, days: int, *, undone: bool = False) -> datetime:
        at = NOON - timedelta(days=days)
        with make.storing(tree.tenant_id):
            db.session.add(
                ImportBatch(
                    id=uuid7(),
                    organisation_id=unit_id,
                    file_name="lista.csv",
                    digest="0",
                    created_at=at,
                    undone_at=at if undone else None,
                )
            )
        return at

    assert counted(make, tree, tree.district).read_in_at is None
    below = read_in(tree.falun, 30)
    assert counted(make, tree, tree.district).read_in_at == below
    above = read_in(tree.root, 20)
    read_in(tree.sister_district, 10)
    read_in(tree.district, 5, undone=True)
    assert counted(make, tree, tree.district).read_in_at == above


def test_a_day_belongs_to_where_the_tenant_is(make: Builders, tree: Tree) -> None:
    ringing, member = Ringing(make, tree.tenant_id, tree.district), make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.tenant_id):
        db.session.add(Goal(organisation_id=tree.district, percent=50, due_on=NOON.date()))
    late = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)
    with clock.at(late):
        ringing.rang(member, Outcome.TALKED, late)
    with make.app.test_request_context(), inside(tree.tenant_id):
        unit = db.session.scalars(select(Organisation).where(Organisation.id == tree.district)).one()
        figures = figures_of(unit, late)
    assert figures.on == late.date() + timedelta(days=1)
    assert figures.aim == Aim(50, NOON.date())
    assert next(each.last_on for each in figures.rows if each.id == tree.falun) == figures.on


def test_six_questions_answer_it_however_much_there_is_and_none_loads_a_member(
    make: Builders, tree: Tree
) -> None:
    rng = random.Random(5)  # noqa: S311  # a story, not a secret
    some_life(rng, make, tree, Ringing(make, tree.tenant_id, tree.root))
    with make.app.app_context(), inside(tree.tenant_id):
        root = db.session.scalars(select(Organisation).where(Organisation.id == tree.root)).one()
        with statements() as said:
            figures_of(root, NOON)
        loaded = [one for one in db.session.identity_map.values() if isinstance(one, Member | PhoneNumber)]
    assert len(said) == 6
    assert loaded == []
    assert not any("first_name" in statement for statement in said)
