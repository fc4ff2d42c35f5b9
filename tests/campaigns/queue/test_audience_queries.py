"""Whom a campaign's audience holds, and what is told before it is made; both engines say the same."""

import itertools
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite

from campaigns.queue.audience import Audience, in_band
from campaigns.queue.audience_queries import in_audience, reach
from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Channel, MemberStatus, Source, TagKind
from organiser.members.models import Block, Contact, Member
from organiser.members.tag_models import MemberTag, Tag
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign, make_target

DAY = NOON.date()
STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Story:
    """Members of the party, calls to them, and who of them an audience holds."""

    def __init__(self, make: Builders, tree: Tree) -> None:
        self.make, self.tree = make, tree
        self.caller = make.account(tree.tenant_id)
        self.campaign = make_campaign(make, tree.tenant_id, tree.district)
        self.falun = make_assignment(make, self.campaign, tree.falun)

    def member(self, first_name: str, unit: UUID | None = None, **values: Any) -> Member:
        where = unit or self.tree.falun
        return self.make.member(self.tree.tenant_id, where, first_name=first_name, **values)

    def rung(self, member: Member, outcome: Outcome, at: datetime, rests: timedelta | None = None) -> None:
        target = make_target(self.make, self.falun, member)
        with self.make.storing(self.tree.tenant_id):
            call = Call(
                id=uuid7(),
                target_id=target.id,
                member_id=member.id,
                caller_id=self.caller.id,
                e164="+46701740605",
                taken_at=at,
                lease_until=at,
                reported_at=at,
                outcome=outcome,
                rests_until=at + rests if rests else None,
            )
            db.session.add(call)

    def met(self, member: Member, on: date) -> None:
        with self.make.storing(self.tree.tenant_id):
            db.session.add(Contact(member_id=member.id, channel=Channel.VISIT, on=on))

    def tagged(self, member: Member, name: str) -> UUID:
        with self.make.storing(self.tree.tenant_id):
            tag = Tag(id=uuid7(), kind=TagKind.TAG, name=name, key=name, sort_key=name)
            db.session.add(tag)
            db.session.flush()
            db.session.add(MemberTag(member_id=member.id, tag_id=tag.id, source=Source.PERSON, set_at=NOON))
        return tag.id

    def meant(self, audience: Audience, campaign_id: UUID | None = None) -> set[str]:
        holds = in_audience(audience, DAY, STOCKHOLM, campaign_id)
        with self.make.storing(self.tree.tenant_id):
            return set(db.session.scalars(select(Member.first_name).where(holds)))

    def told(self, audience: Audience, at: datetime = NOON) -> dict[UUID, dict[str, int]]:
        found: dict[UUID, dict[str, int]] = {}
        with self.make.storing(self.tree.tenant_id):
            for unit, why, number in db.session.execute(reach(self.tree.district, audience, at, STOCKHOLM)):
                found.setdefault(unit, {})[why] = number
        return found


@pytest.fixture
def story(make: Builders, tree: Tree) -> Story:
    return Story(make, tree)


def test_everybody_is_meant_where_nothing_is_asked(story: Story) -> None:
    story.member("Utan", phone=None)
    story.member("Sund", story.tree.sundsvall)
    assert story.meant(Audience()) == {"Utan", "Sund"}
    assert story.meant(Audience(with_number=True)) == {"Sund"}


def test_a_unit_means_itself_and_all_below(story: Story) -> None:
    tree = story.tree
    for unit, name in ((tree.falun, "Falu"), (tree.borlange, "Borl"), (tree.sundsvall, "Sund")):
        story.member(name, unit)
    assert story.meant(Audience(units=(tree.district,))) == {"Falu", "Borl"}
    assert story.meant(Audience(units=(tree.falun, tree.sister_district))) == {"Falu", "Sund"}
    assert story.meant(Audience(units=(tree.other_root,))) == set()


def test_the_rule_and_the_database_agree_on_every_age(within: Tree) -> None:
    births = [
        (DAY.replace(year=DAY.year - age) + timedelta(days=days), None)
        for age in (18, 30, 31)
        for days in (-1, 0, 1)
    ]
    years = [(None, year) for year in range(1990, 2009)]
    for birth_date, birth_year in [*births, *years, (None, None), (date(2000, 1, 1), 1950)]:
        db.session.add(Member(organisation_id=within.falun, birth_date=birth_date, birth_year=birth_year))
    db.session.flush()
    members = db.session.scalars(select(Member)).all()
    ends = itertools.product((None, 0, 18, 30), (None, 17, 30, 120))
    for low, high in ends:
        if low is not None and high is not None and low > high:
            continue
        for on in (DAY, date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1)):
            band = Audience(age_from=low, age_to=high)
            holds = in_audience(band, on, STOCKHOLM)
            held = set(db.session.scalars(select(Member.id).where(holds)))
            left_out = set(db.session.scalars(select(Member.id).where(~holds)))
            assert held == {one.id for one in members if in_band(band, one.birth_date, one.birth_year, on)}
            assert held | left_out == {one.id for one in members}


def test_joined_since_and_before_know_their_days(story: Story) -> None:
    for name, joined_on in (
        ("Okänd", None),
        ("Före", date(2022, 12, 31)),
        ("Då", date(2023, 1, 1)),
        ("Nu", DAY),
    ):
        story.member(name, joined_on=joined_on)
    assert story.meant(Audience(joined_since=date(2023, 1, 1))) == {"Då", "Nu"}
    assert story.meant(Audience(joined_before=date(2023, 1, 1))) == {"Före"}
    assert story.meant(Audience(joined_since=date(2023, 1, 1), joined_before=DAY)) == {"Då"}


def test_one_of_several_tags_is_enough(story: Story) -> None:
    cook, driver, _nobody = (story.member(name) for name in ("Kock", "Skjuts", "Ingen"))
    tags = story.tagged(cook, "kock"), story.tagged(driver, "skjuts")
    assert story.meant(Audience(tag_ids=tags[:1])) == {"Kock"}
    assert story.meant(Audience(tag_ids=tags)) == {"Kock", "Skjuts"}


def test_not_contacted_means_neither_met_nor_talked_to(story: Story) -> None:
    month_ago = datetime(2024, 1, 31, tzinfo=STOCKHOLM)
    for name, outcome, at in (
        ("Pratat", Outcome.TALKED, month_ago),
        ("Pratat förr", Outcome.TALKED, month_ago - timedelta(seconds=1)),
        ("Ej svar", Outcome.NO_ANSWER, NOON - timedelta(days=1)),
    ):
        story.rung(story.member(name), outcome, at.astimezone(UTC))
    story.met(story.member("Träffad"), date(2024, 1, 31))
    story.met(story.member("Träffad förr"), date(2024, 1, 30))
    assert story.meant(Audience(not_contacted_days=30)) == {"Pratat förr", "Ej svar", "Träffad förr"}


def test_the_campaigns_own_calls_take_nobody_out_of_it(story: Story) -> None:
    asked_later = story.member("Senare")
    story.rung(asked_later, Outcome.TALKED_CALL_BACK, NOON - timedelta(hours=1))
    quiet = Audience(not_contacted_days=30)
    assert story.meant(quiet) == set()
    assert story.meant(quiet, story.campaign.id) == {"Senare"}
    assert story.meant(quiet, make_campaign(story.make, story.tree.tenant_id, story.tree.falun).id) == set()


def test_each_member_has_one_reason_and_they_add_up(story: Story) -> None:
    tree = story.tree
    joined: dict[str, Any] = {"joined_on": DAY}
    story.member("Nås", **joined)
    story.member("Äldre medlem")
    story.member("Äldre utan nummer", phone=None)
    story.member("Utan", phone=None, **joined)
    story.member("Ung", birth_date=date(2010, 1, 1), **joined)
    story.member("Skyddad", protected=True, **joined)
    story.member("Gick", status=MemberStatus.LEFT)
    story.member("Gick ut", left_on=DAY, **joined)
    blocked = story.member("Spärrad", **joined)
    with story.make.storing(tree.tenant_id):
        db.session.add(Block(member_id=blocked.id, scope=BlockScope.CALLS, source=Source.CALL, set_at=NOON))
    story.rung(blocked, Outcome.NO_CALLS, NOON - timedelta(hours=1), rests=timedelta(hours=20))
    story.rung(story.member("Ringd", **joined), Outcome.NO_ANSWER, NOON, rests=timedelta(hours=20))
    story.member("Borl", tree.borlange, **joined)
    new = Audience(joined_since=DAY - timedelta(days=90))
    expected = {
        tree.falun: {
            "": 1,
            "recent": 1,
            "blocked": 1,
            "over": 2,
            "not_chosen": 2,
            "no_number": 1,
            "protected": 1,
            "under_age": 1,
        },
        tree.borlange: {"": 1},
    }
    assert story.told(new) == expected


def test_who_rests_can_be_rung_again_when_the_rest_is_over(story: Story) -> None:
    story.rung(story.member("Upptagen"), Outcome.BUSY, NOON, rests=timedelta(hours=1))
    falun = story.tree.falun
    assert story.told(Audience(), NOON + timedelta(minutes=59)) == {falun: {"recent": 1}}
    assert story.told(Audience(), NOON + timedelta(minutes=60)) == {falun: {"": 1}}


def test_a_neighbour_tenant_is_in_no_audience(story: Story, make: Builders) -> None:
    tree = story.tree
    make.member(tree.other_tenant_id, tree.other_association, first_name="Granne")
    story.member("Egen")
    assert story.meant(Audience()) == {"Egen"}
    assert Counter(sum(units.values()) for units in story.told(Audience()).values()) == {1: 1}


def test_no_count_reads_all_the_calls(sqlite_app: Framed, app: Framed, tree: Tree) -> None:
    if app is not sqlite_app:
        pytest.skip("SQLite says plainly what it reads; PostgreSQL chooses by the sizes of the tables")
    whole = Audience(units=(tree.falun,), age_from=18, not_contacted_days=30, with_number=True)
    with app.app_context(), inside(tree.tenant_id):
        query = reach(tree.district, whole, NOON, STOCKHOLM)
        sql = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    reads = [line for line in plan if " call" in line or " contact" in line]
    assert reads
    assert [line for line in reads if line.startswith("SCAN")] == []
