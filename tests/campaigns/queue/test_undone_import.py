"""Undoing a list never undoes a call, and after a list the next step is a campaign."""

from sqlalchemy import select

from campaigns.queue.models import Call
from campaigns.queue.queue_now import members_on
from campaigns.queue.recounting import list_differences
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.orgs.models import Organisation
from organiser.roster.models import ImportBatch
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.campaigns.builders import make_target
from tests.campaigns.conftest import Night
from tests.conftest import SecureClient
from tests.page import get, links, post

LIST = "Medlemsnr;Förnamn;Efternamn;Mobil\n0001;Anna;Berg;070-1740605\n0002;Bo;Ek;070-1740606\n"


def listed(app: Framed, night: Night) -> str:
    """Two members come in with a list; gives its receipt's address."""
    with app.app_context(), inside(night.tree.tenant_id):
        falun = db.session.scalars(select(Organisation).where(Organisation.id == night.tree.falun)).one()
        read = read_list(LIST.encode(), "lista.csv", clock.now().date())
        batch_id = read_in(read, falun, "lista.csv", clock.now()).batch_id
        db.session.commit()
    return f"/imports/{batch_id}"


def test_members_taken_back_with_their_list_are_off_the_call_list(
    app: Framed, make: Builders, night: Night
) -> None:
    receipt = listed(app, night)
    app.test_client_class = SecureClient
    organiser = make.account(night.tree.tenant_id, (Role.ORGANISER, night.tree.district))
    client = make.sign_in(app.test_client(), organiser, night.tree.tenant_id)
    with app.app_context(), inside(night.tree.tenant_id):
        assert members_on(night.list)[night.assignment.id] == (2, 2)
    post(client, f"{receipt}/undo")
    with app.app_context(), inside(night.tree.tenant_id):
        assert db.session.scalars(select(Member.id)).all() == []
        assert members_on(night.list)[night.assignment.id] == (0, 0)
        assert list_differences() == []


def test_a_member_somebody_has_rung_stays_when_their_list_is_undone(
    app: Framed, make: Builders, night: Night
) -> None:
    receipt = listed(app, night)
    with app.app_context(), inside(night.tree.tenant_id):
        anna = db.session.scalars(select(Member).where(Member.number == "0001")).one()
    target = make_target(make, night.assignment, anna)
    with make.storing(night.tree.tenant_id):
        at = clock.now()
        given = {"e164": "+46701740605", "taken_at": at, "lease_until": at, "caller_id": night.anton.id}
        db.session.add(Call(id=uuid7(), target_id=target.id, member_id=anna.id, **given))
    app.test_client_class = SecureClient
    organiser = make.account(night.tree.tenant_id, (Role.ORGANISER, night.tree.district))
    client = make.sign_in(app.test_client(), organiser, night.tree.tenant_id)
    assert "/campaigns/new/newcomers" in links(get(client, receipt))
    post(client, f"{receipt}/undo")
    with app.app_context(), inside(night.tree.tenant_id):
        assert db.session.scalars(select(Member.number)).all() == ["0001"]
        assert len(db.session.scalars(select(Call)).all()) == 1
        assert db.session.scalars(select(ImportBatch)).one().undone["kept"] == [str(anna.id)]
