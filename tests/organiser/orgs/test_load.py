"""``ringlista org load``: a file of units becomes the tree, and loading it again changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries, services
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree

Ringlista = Callable[..., Result]
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "samples" / "organisations.csv"
FILE = """\
slug,name,kind,parent,code
dalarna-falun,Falun,association,dalarna,2080
dalarna,Dalarna,district,rorelsen,20
rorelsen,Rörelsen,party,,
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "units.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


Write = Callable[..., Path]


def tree_of(app: Framed, slug: str) -> dict[str, tuple[str, str, str]]:
    """Slug to name, code and the slugs from the top down to it."""
    with app.app_context():
        tenant = db.session.scalars(queries.tenant_called(slug)).one()
        with inside(tenant.id):
            units = db.session.scalars(select(Organisation)).all()
    slugs = {unit.id.hex: unit.slug for unit in units}
    return {
        unit.slug: (unit.name, unit.code, "/".join(slugs[part] for part in unit.path.strip("/").split("/")))
        for unit in units
    }


def test_a_file_founds_the_tenant_and_all_its_units_in_any_order(
    app: Framed, ringlista: Ringlista, write: Write
) -> None:
    result = ringlista("org", "load", write(FILE))
    assert (result.exit_code, result.stdout) == (
        0,
        "1 party, 1 district, 1 association: 3 added, 0 changed, 0 unchanged\n",
    )
    assert tree_of(app, "rorelsen") == {
        "rorelsen": ("Rörelsen", "", "rorelsen"),
        "dalarna": ("Dalarna", "20", "rorelsen/dalarna"),
        "dalarna-falun": ("Falun", "2080", "rorelsen/dalarna/dalarna-falun"),
    }


def test_loading_again_changes_nothing_at_all(app: Framed, ringlista: Ringlista, write: Write) -> None:
    ringlista("org", "load", write(FILE))
    before = versions(app)
    result = ringlista("org", "load", write(FILE))
    assert "0 added, 0 changed, 3 unchanged" in result.stdout
    assert versions(app) == before


def versions(app: Framed) -> object:
    with app.app_context():
        everywhere = {"execution_options": {"every_tenant": True}}
        rows = db.session.execute(select(Organisation.slug, Organisation.version), **everywhere).all()
        return sorted(map(tuple, rows)), db.session.scalar(select(func.count(ChangeEntry.id)), **everywhere)


def test_names_codes_and_places_follow_the_file(app: Framed, ringlista: Ringlista, write: Write) -> None:
    ringlista("org", "load", write(FILE))
    result = ringlista(
        "org",
        "load",
        write(
            "slug;name;kind;parent;code\n"
            "dalarna;Dalarnas distrikt;district;rorelsen;20\n"
            "norr;Norr;district;rorelsen;\n"
            "dalarna-falun;Falun;association;norr;2080\n"
        ),
    )
    assert "1 added, 2 changed, 0 unchanged" in result.stdout
    tree = tree_of(app, "rorelsen")
    assert tree["dalarna"] == ("Dalarnas distrikt", "20", "rorelsen/dalarna")
    assert tree["dalarna-falun"] == ("Falun", "2080", "rorelsen/norr/dalarna-falun")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_file_is_read_however_it_was_saved(
    app: Framed, ringlista: Ringlista, write: Write, encoding: str, delimiter: str
) -> None:
    result = ringlista("org", "load", write(FILE.replace(",", delimiter).replace("\n", "\r\n"), encoding))
    assert result.exit_code == 0, result.stderr
    assert tree_of(app, "rorelsen")["rorelsen"][0] == "Rörelsen"


def test_everything_wrong_is_told_at_once_by_line_and_nothing_is_written(
    app: Framed, ringlista: Ringlista, write: Write
) -> None:
    result = ringlista(
        "org",
        "load",
        write(
            "slug,name,kind,parent\n"
            "rorelsen,Rörelsen,party,\n"
            "\n"
            "Fel Kort,Falun,association,rorelsen\n"
            "falun,,förening,rorelsen\n"
            "rorelsen,Igen,party,\n"
        ),
    )
    assert result.exit_code == 2
    assert "Line 4: the slug 'Fel Kort'" in result.stderr
    assert "Line 5: the name is missing" in result.stderr
    assert "Line 5: the kind 'förening' is none of party, district, association" in result.stderr
    assert "Line 6: rorelsen stands on line 2 already" in result.stderr
    assert nothing(app)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["a,A,party,", "b,B,district,c"], "Line 3: there is no unit c to put b under"),
        (["a,A,party,", "b,B,district,c", "c,C,district,b"], "Line 3: b stands above itself"),
        (["a,A,party,", "b,B,district,b"], "Line 3: b stands above itself"),
        (["a,A,party,", "b,B,party,"], "Line 3: b has no parent, and there is one top already"),
    ],
)
def test_units_that_make_no_tree_are_refused(
    app: Framed, ringlista: Ringlista, write: Write, rows: list[str], words: str
) -> None:
    result = ringlista("org", "load", write("\n".join(["slug,name,kind,parent", *rows])))
    assert result.exit_code == 2
    assert words in result.stderr
    assert nothing(app)


def nothing(app: Framed) -> bool:
    with app.app_context():
        return db.session.scalar(select(func.count(Tenant.id))) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"slug,name\na,A\n", "there is no column kind, parent"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is not a text file"),
        (b"\x81\x8d", "this is not a text file"),
    ],
)
def test_what_is_no_list_of_units_is_refused_in_words(
    ringlista: Ringlista, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    result = ringlista("org", "load", path)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_unit_in_the_tree_cannot_be_put_under_its_own_below(
    app: Framed, ringlista: Ringlista, tree: Tree, write: Write
) -> None:
    result = ringlista(
        "org",
        "load",
        write("slug,name,kind,parent\ndalarna,Dalarna,district,dalarna-falun\n"),
        "--tenant",
        "partiet",
    )
    assert result.exit_code == 2
    assert "dalarna stands above itself" in result.stderr
    assert tree_of(app, "partiet")["dalarna"][2] == "partiet/dalarna"


def test_the_top_stays_the_top(ringlista: Ringlista, tree: Tree, write: Write) -> None:
    text = "slug,name,kind,parent\npartiet,Partiet,party,dalarna\n"
    result = ringlista("org", "load", write(text), "--tenant", "partiet")
    assert result.exit_code == 2
    assert "Line 2: " in result.stderr


def test_the_same_file_loads_beside_other_tenants(
    app: Framed, ringlista: Ringlista, tree: Tree, write: Write
) -> None:
    assert "3 added" in ringlista("org", "load", write(FILE)).stdout
    assert "dalarna" in tree_of(app, "rorelsen")
    assert len(tree_of(app, "partiet")) == 6


def test_with_several_tenants_a_file_without_its_top_says_whose_it_is(
    app: Framed, ringlista: Ringlista, tree: Tree, write: Write
) -> None:
    path = write("slug,name,kind,parent\nnorr,Norr,district,grannen\n")
    refused = ringlista("org", "load", path)
    assert refused.exit_code == 2
    assert "add --tenant with one of partiet, grannen" in refused.stderr
    assert "1 added" in ringlista("org", "load", path, "--tenant", "grannen").stdout
    assert "norr" in tree_of(app, "grannen")


def test_an_unknown_tenant_or_one_the_file_contradicts_is_refused(
    ringlista: Ringlista, tree: Tree, write: Write
) -> None:
    path = write("slug,name,kind,parent\nnorr,Norr,district,grannen\n")
    assert "There is no tenant called borta." in ringlista("org", "load", path, "--tenant", "borta").stderr
    contradicted = ringlista("org", "load", write(FILE), "--tenant", "partiet")
    assert (contradicted.exit_code, "top unit is rorelsen" in contradicted.stderr) == (2, True)


def test_nothing_new_is_put_under_a_closed_unit(
    app: Framed, ringlista: Ringlista, make: Builders, tree: Tree, write: Write
) -> None:
    empty = make.unit(tree.tenant_id, tree.root, "Norr", OrgKind.DISTRICT, slug="norr")
    with make.storing(tree.tenant_id):
        services.close(db.session.get_one(Organisation, (tree.tenant_id, empty)), NOON)
    path = write("slug,name,kind,parent\nny,Ny,association,norr\n")
    result = ringlista("org", "load", path, "--tenant", "partiet")
    assert result.exit_code == 2
    assert "Line 2: norr is closed" in result.stderr


def test_the_sample_gives_two_districts_and_their_associations(app: Framed, ringlista: Ringlista) -> None:
    if not SAMPLE.is_file():
        pytest.skip("the handbook's samples are not here")
    result = ringlista("org", "load", SAMPLE)
    assert result.stdout == "1 party, 2 districts, 22 associations: 25 added, 0 changed, 0 unchanged\n"
    assert "0 added, 0 changed, 25 unchanged" in ringlista("org", "load", SAMPLE).stdout
