"""Of a real district's list, as many may be rung as somebody counted by hand."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.queries import callable_in
from organiser.orgs.queries import organisation_called
from organiser.web.frame import Framed

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"
MENDED = 3  # numbers the count took for broken, which the import can mend: lines 443, 624 and 821


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the handbook's sample lists are not here")
def test_as_many_may_be_rung_as_were_counted(app: Framed, ringlista: Callable[..., Result]) -> None:
    facts = json.loads((SAMPLES / "dalarna_2024.facts.json").read_text(encoding="utf-8"))
    on = date.fromisoformat(facts["as_of"])
    assert ringlista("org", "load", SAMPLES / "organisations.csv").exit_code == 0
    assert ringlista("import", SAMPLES / facts["file"], "--organisation", "dalarna").exit_code == 0
    with app.app_context(), inside(1):
        district = db.session.scalars(organisation_called("dalarna")).one()

        def count(*, with_minors: bool) -> int:
            found = callable_in(district.id, on, with_minors=with_minors).subquery()
            return db.session.scalar(select(func.count()).select_from(found)) or 0

        everybody, adults = count(with_minors=True), count(with_minors=False)
    assert everybody == facts["callable"] + MENDED
    assert everybody - adults == 12
