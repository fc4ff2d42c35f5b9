"""Totals are there for a register that is older than they are, and where they went wrong they are mended."""

from collections.abc import Callable

from click.testing import Result
from sqlalchemy import MetaData, delete, func, select, update

from campaigns.totals.filling import fill_where_never_counted
from campaigns.totals.models import Standing, Total, TotalDay
from campaigns.totals.reading import weekly
from organiser.app import alembic
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.models import Organisation
from organiser.web.command import bring_up_to_date
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.campaigns.totals.acts import Register
from tests.campaigns.totals.plain import assert_all_true
from tests.organiser.test_migrations import empty, fill

__all__ = ["empty"]
Command = Callable[..., Result]
AGREES = "The kept totals and the counts of the call lists agree with a recount.\n"


def uncounted(here: Register) -> None:
    """As a register that has never been counted."""
    with here.app.app_context(), inside(here.tenant_id):
        for model in (Standing, TotalDay, Total):
            db.session.execute(delete(model))
        db.session.commit()


def test_a_register_that_was_never_counted_is_counted_once(make: Builders) -> None:
    here = Register(make)
    here.do("report", 1, 0)
    here.do("wait", 0, 19)
    here.do("say_yes", 1, 1)
    here.do("change", 3, 2)
    here.do("wait", 0, 19)
    uncounted(here)
    with here.app.app_context(), clock.at(here.at):
        fill_where_never_counted()
        with inside(here.tenant_id):
            assert_all_true(here.root, here.today)
            root = db.session.scalars(select(Organisation).where(Organisation.id == here.root)).one()
            past = weekly(root.path, here.today, 2)
            assert [week["contacted"] for week in past] == [0, 1]
            days = db.session.scalar(select(func.count()).select_from(TotalDay))
        db.session.rollback()
        fill_where_never_counted()
        with inside(here.tenant_id):
            assert db.session.scalar(select(func.count()).select_from(TotalDay)) == days
        db.session.rollback()


def test_an_upgrade_from_before_there_were_totals_counts_everybody(empty: Framed) -> None:
    with empty.app_context():
        alembic.upgrade("0003")
    with empty.app_context():
        rows = fill(MetaData())
    bring_up_to_date(empty)
    with empty.app_context(), inside(rows["tenant"]["id"]):
        total = db.session.scalars(select(Total)).one()
        standing = db.session.scalars(select(Standing)).one()
    assert total.members == 1
    assert standing.id.hex == str(rows["member"]["id"]).replace("-", "")
    assert standing.contacted_at is not None


def test_a_recount_finds_what_went_wrong_and_mends_it(make: Builders, ringlista: Command) -> None:
    here = Register(make)
    assert ringlista("recount").output == AGREES
    with here.app.app_context(), inside(here.tenant_id):
        db.session.execute(update(Total).where(Total.id == here.units[0]).values(members=Total.members + 3))
        db.session.execute(delete(Standing).where(Standing.id == here.ids[1]))
        db.session.commit()
    found = ringlista("recount")
    assert found.exit_code == 1
    assert "members 5, should be 2" in found.output
    assert "The kept totals of 1 unit differ" in found.output
    assert "They have been counted anew." in ringlista("recount", "--mend").output
    assert ringlista("recount").exit_code == 0
    with here.app.app_context(), inside(here.tenant_id):
        assert_all_true(here.root, clock.now().date())
        db.session.rollback()
