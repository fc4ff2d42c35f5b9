"""What an organiser sees before a campaign is made: everybody counted once, association by association."""

from datetime import date
from zoneinfo import ZoneInfo

from campaigns.planning.reach import reachable
from campaigns.queue.audience import Audience, WhyNotNow
from campaigns.surveys.loading import load_packaged
from campaigns.surveys.models import Submission, Survey
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import MemberStatus, Source
from organiser.members.models import Member
from organiser.members.rules import WhyNot
from organiser.members.services import By
from organiser.orgs.models import Organisation
from tests.builders import NOON, Builders, Tree

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_every_association_has_its_row_and_the_rows_add_up(make: Builders, tree: Tree) -> None:
    make.member(tree.tenant_id, tree.falun, joined_on=date(2024, 2, 1))
    make.member(tree.tenant_id, tree.falun, joined_on=date(2024, 2, 1), phone=None)
    make.member(tree.tenant_id, tree.falun, joined_on=date(2020, 2, 1))
    make.member(tree.tenant_id, tree.falun, status=MemberStatus.LEFT)
    make.member(tree.tenant_id, tree.district)
    new = Audience(joined_since=date(2024, 1, 1))
    with make.app.app_context(), inside(tree.tenant_id):
        shown = reachable(tree.district, NOON, STOCKHOLM, new)
        everybody = reachable(tree.district, NOON, STOCKHOLM)
    rows = {row.unit.id: row for row in shown.rows if row.unit}
    assert set(rows) == {tree.falun, tree.borlange}
    assert (rows[tree.falun].callable, rows[tree.falun].members, shown.outside) == (1, 4, 1)
    assert rows[tree.falun].why_not == {WhyNot.NO_NUMBER: 1, WhyNotNow.NOT_CHOSEN: 1, WhyNot.OVER: 1}
    assert rows[tree.borlange].members == 0
    assert (shown.total.callable, everybody.total.callable) == (1, 2)
    assert shown.total.members == everybody.total.members == 4


def answered(make: Builders, survey: Survey, member: Member, *, counts: bool = True) -> None:
    with make.storing(survey.tenant_id):
        db.session.add(
            Submission(
                survey_id=survey.id,
                member_id=member.id,
                begun_at=NOON,
                changed_at=NOON,
                counts_at=NOON if counts else None,
                source=Source.PERSON,
            )
        )


def test_whoever_has_answered_the_survey_is_told_of_before_it_is_made(make: Builders, tree: Tree) -> None:
    told, taken_back = make.member(tree.tenant_id, tree.falun), make.member(tree.tenant_id, tree.falun)
    make.member(tree.tenant_id, tree.falun, phone=None)
    with make.storing(tree.tenant_id):
        unit = db.session.get_one(Organisation, (tree.tenant_id, tree.district))
        survey = load_packaged(unit, By(None, NOON))
    answered(make, survey, told)
    answered(make, survey, taken_back, counts=False)
    with make.app.app_context(), inside(tree.tenant_id):
        asks = reachable(tree.district, NOON, STOCKHOLM, survey_id=survey.id).total
        does_not = reachable(tree.district, NOON, STOCKHOLM).total
    assert (asks.callable, asks.why_not) == (1, {WhyNotNow.ANSWERED: 1, WhyNot.NO_NUMBER: 1})
    assert (does_not.callable, does_not.why_not) == (2, {WhyNot.NO_NUMBER: 1})
