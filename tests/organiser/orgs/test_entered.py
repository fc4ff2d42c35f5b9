"""How a command finds the unit it is about, and the tenant with it."""

import pytest
from flask import g

from organiser.core.tenancy import OutsideTenant, here
from organiser.orgs.cli import entered
from organiser.web.command import Refused
from organiser.web.frame import Framed
from tests.builders import Builders, Tree


def test_a_slug_enters_its_tenant_and_leaves_it_again(app: Framed, tree: Tree) -> None:
    with app.app_context():
        with entered("granby") as unit:
            assert (unit.id, here()) == (tree.other_association, tree.other_tenant_id)
            assert g.zone.key == "Europe/Stockholm"
        with pytest.raises(OutsideTenant):
            here()


def test_an_unknown_slug_is_refused_in_a_sentence(app: Framed, tree: Tree) -> None:
    with app.app_context(), pytest.raises(Refused, match=r"^There is no organisation called borta\.$"):
        entered("borta").__enter__()
    assert Refused.exit_code == 2


def test_an_unknown_tenant_or_a_unit_of_another_one_is_refused(app: Framed, tree: Tree) -> None:
    with app.app_context():
        with pytest.raises(Refused, match="no tenant called borta"):
            entered("dalarna", "borta").__enter__()
        with pytest.raises(Refused, match="no organisation called dalarna"):
            entered("dalarna", "grannen").__enter__()


def test_a_slug_of_several_tenants_asks_for_the_tenant(app: Framed, make: Builders, tree: Tree) -> None:
    theirs = make.unit(tree.other_tenant_id, tree.other_root, "Dalarna", slug="dalarna")
    with app.app_context():
        with pytest.raises(Refused, match="add --tenant with one of grannen, partiet"):
            entered("dalarna").__enter__()
        with entered("dalarna", "grannen") as unit:
            assert unit.id == theirs
        with entered("dalarna", "partiet") as unit:
            assert unit.id == tree.district
