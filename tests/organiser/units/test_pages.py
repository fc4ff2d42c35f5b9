"""An administrator looks after the tree on its pages, and only in their own part of it."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from organiser.accounts.permissions import Role
from organiser.audit.models import ChangeEntry, Deed
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.web.frame import Framed
from tests import page
from tests.builders import Builders, Tree


@pytest.fixture
def top(client: FlaskClient, make: Builders, tree: Tree) -> FlaskClient:
    """The administrator of the whole."""
    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root), language="en")
    return make.sign_in(client, account, tree.tenant_id)


@pytest.fixture
def dalarna(app: Framed, client: FlaskClient, make: Builders, tree: Tree) -> FlaskClient:
    """The administrator of one district."""
    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.district), language="en")
    return make.sign_in(app.test_client(), account, tree.tenant_id)


def unit(app: Framed, tree: Tree, **by: object) -> Organisation:
    with app.app_context(), inside(tree.tenant_id):
        return db.session.scalars(select(Organisation).filter_by(**by)).one()


def names_above(app: Framed, tree: Tree, unit_id: UUID) -> list[str]:
    with app.app_context(), inside(tree.tenant_id):
        names = {one.id.hex: one.name for one in db.session.scalars(select(Organisation))}
        path = db.session.get_one(Organisation, (tree.tenant_id, unit_id)).path
    return [names[part] for part in path.strip("/").split("/")]


def test_the_tree_shows_every_unit_with_its_members_counted(
    top: FlaskClient, make: Builders, tree: Tree
) -> None:
    for _ in range(3):
        make.member(tree.tenant_id, tree.falun)
    shown = page.words(page.get(top, "/units/"))
    order = [shown.index(name) for name in ("Partiet", "Dalarna", "Borlänge", "Falun", "Västernorrland")]
    assert order == sorted(order)
    assert "Falun Association · 3 members" in shown
    assert "Granby" not in shown


def test_a_unit_is_added_below_another(app: Framed, top: FlaskClient, tree: Tree) -> None:
    form = {"name": " Malung-Sälen ", "kind": "association", "code": "2023"}
    answer = page.post(top, f"/units/{tree.district}/new", form)
    added = unit(app, tree, name="Malung-Sälen")
    assert answer.location.endswith(f"/units/{added.id}")
    assert (added.slug, added.code, added.kind) == ("dalarna-malung-salen", "2023", OrgKind.ASSOCIATION)
    assert names_above(app, tree, added.id) == ["Partiet", "Dalarna", "Malung-Sälen"]
    assert "dalarna-malung-salen" in page.words(page.get(top, answer.location))


def test_two_units_of_one_name_get_short_names_of_their_own(
    app: Framed, top: FlaskClient, tree: Tree
) -> None:
    page.post(top, f"/units/{tree.root}/new", {"name": "Dalarna", "kind": "district"})
    with app.app_context(), inside(tree.tenant_id):
        slugs = set(db.session.scalars(select(Organisation.slug).where(Organisation.name == "Dalarna")))
    assert slugs == {"dalarna", "dalarna-2"}


def test_a_unit_without_a_name_is_asked_for_one(top: FlaskClient, tree: Tree) -> None:
    answer = page.post(top, f"/units/{tree.district}/new", {"name": " ", "kind": "association"}, status=422)
    assert "Write a name." in page.words(answer)


def test_a_whole_party_is_not_made_below_another(top: FlaskClient, tree: Tree) -> None:
    page.post(top, f"/units/{tree.district}/new", {"name": "Ett till", "kind": "party"}, status=422)


def test_a_new_name_is_kept_and_logged(app: Framed, top: FlaskClient, tree: Tree) -> None:
    address = f"/units/{tree.falun}/edit"
    form = page.fields(page.get(top, address)) | {"name": "Faluns förening", "kind": "association"}
    page.post(top, address, form)
    assert unit(app, tree, id=tree.falun).name == "Faluns förening"
    with app.app_context(), inside(tree.tenant_id):
        entry = db.session.scalars(select(ChangeEntry).where(ChangeEntry.deed == Deed.CHANGED)).one()
    assert entry.subject_id == tree.falun
    assert entry.changes["name"] == ["Falun", "Faluns förening"]
    assert entry.actor_id is not None


def test_a_change_over_somebody_elses_change_is_refused(app: Framed, top: FlaskClient, tree: Tree) -> None:
    address = f"/units/{tree.falun}/edit"
    mine = page.fields(page.get(top, address)) | {"name": "Mitt", "kind": "association"}
    theirs = mine | {"name": "Deras"}
    page.post(top, address, theirs)
    page.post(top, address, mine, status=409)
    assert unit(app, tree, id=tree.falun).name == "Deras"
    move = {"parent": str(tree.sister_district), "version": "1"}
    page.post(top, f"/units/{tree.falun}/move", move, status=409)


def test_a_unit_moves_with_everything_below_it(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree
) -> None:
    circle = make.unit(tree.tenant_id, tree.falun, "Svärdsjö")
    address = f"/units/{tree.falun}/move"
    form = page.fields(page.get(top, address)) | {"parent": str(tree.sister_district)}
    page.post(top, address, form)
    assert names_above(app, tree, circle) == ["Partiet", "Västernorrland", "Falun", "Svärdsjö"]
    assert names_above(app, tree, tree.borlange) == ["Partiet", "Dalarna", "Borlänge"]


def test_a_unit_is_not_moved_under_itself_or_out_of_ones_part(
    app: Framed, top: FlaskClient, dalarna: FlaskClient, tree: Tree
) -> None:
    for browser, parent in ((top, tree.falun), (top, tree.district), (top, tree.other_root)):
        form = {"parent": str(parent), "version": "1"}
        page.post(browser, f"/units/{tree.district}/move", form, status=422)
    outside = {"parent": str(tree.sister_district), "version": "1"}
    page.post(dalarna, f"/units/{tree.falun}/move", outside, status=422)
    assert names_above(app, tree, tree.falun) == ["Partiet", "Dalarna", "Falun"]


def test_a_closed_unit_keeps_its_members_and_takes_no_units(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree
) -> None:
    make.member(tree.tenant_id, tree.falun)
    page.post(top, f"/units/{tree.falun}/close")
    shown = page.words(page.get(top, f"/units/{tree.falun}"))
    assert "1 member" in shown
    page.post(top, f"/units/{tree.falun}/new", {"name": "Ny", "kind": "association"})
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalar(select(Organisation).filter_by(name="Ny")) is None
    page.post(top, f"/units/{tree.falun}/reopen")
    assert unit(app, tree, id=tree.falun).is_open


def test_a_unit_with_open_units_below_stays_open(app: Framed, top: FlaskClient, tree: Tree) -> None:
    page.post(top, f"/units/{tree.district}/close")
    assert unit(app, tree, id=tree.district).is_open
    for below in (tree.falun, tree.borlange, tree.district):
        page.post(top, f"/units/{below}/close")
    assert not unit(app, tree, id=tree.district).is_open
    page.post(top, f"/units/{tree.falun}/reopen")
    assert not unit(app, tree, id=tree.falun).is_open


def test_only_ones_own_part_can_be_opened_or_changed(dalarna: FlaskClient, tree: Tree) -> None:
    shown = page.words(page.get(dalarna, "/units/"))
    assert ("Falun" in shown, "Sundsvall" in shown, "Partiet" in shown) == (True, False, False)
    for outside in (tree.root, tree.sister_district, tree.sundsvall, tree.other_root, tree.other_association):
        for part in ("", "/new", "/edit", "/move"):
            page.get(dalarna, f"/units/{outside}{part}", status=404)
        for deed in ("new", "edit", "move", "close", "reopen"):
            page.post(dalarna, f"/units/{outside}/{deed}", {"name": "Kapad"}, status=404)


def test_what_is_shared_is_for_those_who_look_after_the_whole(
    app: Framed, top: FlaskClient, dalarna: FlaskClient, tree: Tree
) -> None:
    page.get(dalarna, "/units/shared", status=404)
    page.post(dalarna, "/units/shared", {"language": "en", "time_zone": "UTC"}, status=404)
    page.get(top, "/units/shared")


def test_an_organisation_uses_its_own_words(app: Framed, top: FlaskClient, tree: Tree) -> None:
    form = {"language": "sv", "time_zone": "Europe/Helsinki"}
    words = {"association": " avdelning ", "association_plural": "avdelningar"}
    page.post(top, "/units/shared", {**form, **words})
    assert "Falun Avdelning" in page.words(page.get(top, "/units/"))
    with app.app_context():
        tenant = db.session.get_one(Tenant, tree.tenant_id)
        assert tenant.words == {"association": "avdelning", "association_plural": "avdelningar"}
        assert tenant.time_zone == "Europe/Helsinki"
        with inside(tree.tenant_id):
            entry = db.session.scalars(select(ChangeEntry).where(ChangeEntry.subject == "tenant")).one()
    assert set(entry.changes) == {"words", "time_zone"}


def test_a_word_for_one_needs_its_word_for_several(app: Framed, top: FlaskClient, tree: Tree) -> None:
    form = {"language": "sv", "time_zone": "Europe/Stockholm", "member": "kamrat"}
    page.post(top, "/units/shared", form, status=422)
    with app.app_context():
        assert db.session.get_one(Tenant, tree.tenant_id).words == {}


def test_a_name_full_of_markup_is_shown_as_written(top: FlaskClient, tree: Tree) -> None:
    name = '<b>Falun</b> & "co"'
    answer = page.post(top, f"/units/{tree.district}/new", {"name": name, "kind": "association"})
    for address in (answer.location, "/units/", f"/units/{tree.district}"):
        shown = page.get(top, address)
        assert "<b>Falun" not in shown.text
        assert name in page.words(shown)
