"""What an organiser sees before a campaign is made: everybody counted once, association by association."""

from datetime import date
from zoneinfo import ZoneInfo

from campaigns.planning.reach import reachable
from campaigns.queue.audience import Audience, WhyNotNow
from organiser.core.tenancy import inside
from organiser.members.kinds import MemberStatus
from organiser.members.rules import WhyNot
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
