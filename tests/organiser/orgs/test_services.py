"""The tree keeps its shape whatever is done to it."""

from contextlib import AbstractContextManager

import pytest
from flask import g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries, services
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.orgs.services import InTheWay, Obstacle
from organiser.orgs.slugs import slug_of
from organiser.orgs.words import word
from organiser.web.frame import Framed
from tests.builders import NOON, Tree


def unit(slug: str) -> Organisation:
    return db.session.scalars(queries.organisation_called(slug)).one()


def refused(obstacle: Obstacle) -> AbstractContextManager[object]:
    return pytest.raises(InTheWay, match=f"^{obstacle}$")


def test_a_move_takes_everything_below_along_and_nothing_else(within: Tree) -> None:
    falun = unit("dalarna-falun")
    deep = services.add_unit(falun, "Svärdsjö", OrgKind.ASSOCIATION)
    beside = unit("dalarna-borlange").path
    services.move(falun, unit("vasternorrland"))
    below = [one.slug for one in db.session.scalars(queries.below(within.sister_district))]
    assert below == ["dalarna-falun", "vasternorrland-sundsvall", deep.slug, "vasternorrland"]
    assert deep.path == f"{unit('vasternorrland').path}{falun.id.hex}/{deep.id.hex}/"
    assert unit("dalarna-borlange").path == beside


def test_what_would_break_the_tree_is_refused(within: Tree) -> None:
    top, district, falun = unit("partiet"), unit("dalarna"), unit("dalarna-falun")
    for what, where in ((district, district), (district, falun)):
        with refused(Obstacle.UNDER_ITSELF):
            services.move(what, where)
    with refused(Obstacle.TOP_STAYS):
        services.move(top, district)
    with refused(Obstacle.OPEN_BELOW):
        services.close(district, NOON)
    services.close(falun, NOON)
    for deed in (
        lambda: services.add_unit(falun, "Ny", OrgKind.ASSOCIATION),
        lambda: services.move(unit("dalarna-borlange"), falun),
    ):
        with refused(Obstacle.CLOSED_ABOVE):
            deed()
    with refused(Obstacle.SLUG_TAKEN):
        services.add_unit(district, "Falun igen", OrgKind.ASSOCIATION, slug="dalarna-falun")


def test_a_closed_unit_is_not_among_those_that_are_called(within: Tree) -> None:
    services.close(unit("dalarna-falun"), NOON)
    assert [one.slug for one in db.session.scalars(queries.associations_of(within.district))] == [
        "dalarna-borlange"
    ]
    services.reopen(unit("dalarna-falun"))
    assert len(db.session.scalars(queries.associations_of(within.district)).all()) == 2


def test_two_tenants_may_not_share_a_slug(app: Framed, tree: Tree) -> None:
    with app.app_context(), inside(None), refused(Obstacle.SLUG_TAKEN):
        services.found_tenant("grannen", "Grannen", time_zone="Europe/Stockholm", language="sv")


def test_nothing_is_stored_until_somebody_commits(app: Framed, tree: Tree) -> None:
    with app.app_context():
        top = services.found_tenant("ny", "Ny", time_zone="Europe/Stockholm", language="sv")
        with inside(top.tenant_id):
            services.add_unit(top, "Norr", OrgKind.DISTRICT)
        db.session.rollback()
        assert db.session.scalar(select(Tenant.id).where(Tenant.slug == "ny")) is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_after_any_moves_each_path_is_the_line_of_its_parents(
    within: Tree, moves: list[tuple[int, int]]
) -> None:
    top = unit("partiet")
    grown = [top]
    for n in range(9):
        grown.append(services.add_unit(grown[n // 2], f"Enhet {n}", OrgKind.DISTRICT))
    for what, where in moves:
        try:
            services.move(grown[what], grown[where])
        except InTheWay:
            continue
    units = {one.id: one for one in db.session.scalars(select(Organisation))}
    for one in units.values():
        above = units[one.parent_id].path if one.parent_id else "/"
        assert one.path == f"{above}{one.id.hex}/"
    db.session.rollback()


@pytest.mark.parametrize(
    ("name", "above", "slug"),
    [
        ("Malung-Sälen", "dalarna", "dalarna-malung-salen"),
        ("Östra  Göteborg & Co.", "", "ostra-goteborg-co"),
        ("ÅÄÖ", "", "aao"),
        ("北京", "", "unit"),
    ],
)
def test_a_short_name_is_made_of_the_name(name: str, above: str, slug: str) -> None:
    assert slug_of(name, above) == slug


def test_a_word_is_the_organisations_own_where_it_has_one(app: Framed) -> None:
    with app.test_request_context("/"):
        assert (word("association"), word("association", 2)) != ("avdelning", "avdelningar")
        g.words = {"association": "avdelning", "association_plural": "avdelningar"}
        assert (word("association"), word("association", 2)) == ("avdelning", "avdelningar")
        assert word("association", 0) == "avdelningar"
        with pytest.raises(ValueError, match="krets"):
            word("krets")
