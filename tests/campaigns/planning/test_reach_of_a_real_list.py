"""Of a real district's list a campaign rings as many as somebody counted by hand, and tells of the others."""

import json
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from sqlalchemy import func, select

from campaigns.planning.reach import reachable
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.queries import callable_in
from organiser.members.rules import WhyNot
from organiser.orgs.queries import organisation_called
from organiser.web.frame import Framed

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
COUNTED = 1088
"""Of the list's 1,208 members 1,100 have a number as it stands in the file, no block and no protected
identity, by hand; twelve of them are under 18 on the day, which leaves 1,088."""
MENDED = 3
"""Numbers the count took for broken, which the import can mend: "(hem)" after one, a second one after a
slash, and one that a spreadsheet turned into 7.01740605E8. So 1,091 may be rung."""
HOMELESS = 3
"""Of those, as many stand in no association (the list names none for four members): no list rings them before
somebody moves them to one. So the lists ring 1,088."""


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the handbook's sample lists are not here")
def test_as_many_are_to_be_rung_as_were_counted(app: Framed, ringlista: Callable[..., Result]) -> None:
    facts = json.loads((SAMPLES / "dalarna_2024.facts.json").read_text(encoding="utf-8"))
    noon = datetime.combine(datetime.fromisoformat(facts["as_of"]), time(12), STOCKHOLM)
    assert ringlista("org", "load", SAMPLES / "organisations.csv").exit_code == 0
    assert ringlista("import", SAMPLES / facts["file"], "--organisation", "dalarna").exit_code == 0
    with app.app_context(), inside(1):
        district = db.session.scalars(organisation_called("dalarna")).one()
        shown = reachable(district.id, noon, STOCKHOLM)
        found = callable_in(district.id, noon.date()).subquery()
        everybody = db.session.scalar(select(func.count()).select_from(found))
    told = shown.total.why_not
    assert told[WhyNot.PROTECTED] == len(facts["protected_identity"])
    assert shown.outside + shown.total.members == facts["distinct_member_numbers"]
    assert all(row.callable + row.others == row.members for row in shown.rows)
    members = {row.unit.name.removeprefix("Partiet i "): row.members for row in shown.rows if row.unit}
    by_hand = dict(facts["members_by_association"])
    assert shown.outside == by_hand.pop("(saknas)")
    assert members == by_hand
    assert shown.total.callable == COUNTED + MENDED - HOMELESS
    assert everybody == COUNTED + MENDED
