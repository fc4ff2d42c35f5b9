"""The house tests itself: no import circles, the ORM is not gone round, every file tells its story."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import ForeignKeyConstraint

from organiser.accounts.guard import rule_of
from organiser.core.database import db
from organiser.web.frame import Framed

ROOT = Path(__file__).parent.parent
PACKAGES = ("organiser", "campaigns")
MAY_GO_ROUND_THE_ORM = {
    "organiser/core/bulk.py",
    "organiser/core/database.py",
    "organiser/core/engine.py",
    "organiser/core/tenancy.py",
}
WAYS_ROUND = {"__table__", "exec_driver_sql", "raw_connection"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def modules() -> dict[str, Path]:
    """Dotted name to file, migrations left out: they are Alembic's."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def parsed() -> Iterator[tuple[str, Path, ast.Module]]:
    for name, path in modules().items():
        yield name, path, ast.parse(path.read_text())


def imports_of(name: str, path: Path, known: set[str]) -> set[str]:
    """The modules of ours a module imports, anywhere in it: lazy imports close a circle too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(names & known or {node.module})
            if names - known:
                found.add(node.module)
    return (found & known) - {name}


def test_no_import_goes_in_a_circle_not_even_a_lazy_one() -> None:
    known = modules()
    graph = {name: imports_of(name, path, set(known)) for name, path in known.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_relative_imports_do_not_hide_where_a_thing_comes_from() -> None:
    for name, _path, tree in parsed():
        levels = [node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not any(levels), name


def test_only_the_bulk_module_goes_round_the_orm() -> None:
    offenders = []
    for _name, path, tree in parsed():
        place = str(path.relative_to(ROOT))
        if place in MAY_GO_ROUND_THE_ORM:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                taken = {alias.name for alias in node.names} & {"text", "insert", "literal_column", "Table"}
                if taken:
                    offenders.append(f"{place}:{node.lineno} imports {sorted(taken)}")
            if isinstance(node, ast.Attribute) and node.attr in WAYS_ROUND:
                offenders.append(f"{place}:{node.lineno} uses {node.attr}")
    assert offenders == []


def test_only_prepared_questions_may_say_that_they_name_their_tenant_themselves() -> None:
    users = {
        str(path.relative_to(ROOT))
        for _name, path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "KNOWS_ITS_TENANT"
    }
    assert users == {
        "organiser/core/tenancy.py",
        "organiser/core/prepared.py",
        "organiser/accounts/queries.py",  # the sign-in behind a request: above the tenants
    }
    saying = [str(path) for _name, path, _tree in parsed() if "knows_its_tenant" in path.read_text()]
    assert [one.removeprefix(f"{ROOT}/") for one in saying] == ["organiser/core/tenancy.py"]


def test_every_module_tells_its_story_first_and_stays_small() -> None:
    for name, path, tree in parsed():
        assert ast.get_docstring(tree), f"{name} begins without a sentence about itself"
        assert len(path.read_text().splitlines()) <= LONGEST_FILE, f"{name} is crowded: rebuild the room"


def test_every_function_fits_on_half_a_screen() -> None:
    for name, _path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{name}.{node.name} is {length} lines"


def test_nothing_reads_the_clock_but_the_clock() -> None:
    for name, _path, tree in parsed():
        if name == "organiser.core.clock":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                read = node.attr in {"now", "utcnow", "today"} and node.value.id in {"datetime", "date"}
                assert not read, f"{name}:{node.lineno} reads the clock itself"


def test_only_the_frame_commits() -> None:
    may = {"organiser.web.frame"}
    for name, _path, tree in parsed():
        if name in may:
            continue
        commits = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
        ]
        assert commits == [], f"{name} commits on lines {commits}"


def test_every_route_says_who_may_use_it(sqlite_app: Framed) -> None:
    unmarked = [
        rule.endpoint
        for rule in sqlite_app.url_map.iter_rules()
        if rule.endpoint != "static" and rule_of(sqlite_app, rule.endpoint) is None
    ]
    assert unmarked == []


def test_what_belongs_to_a_member_goes_with_the_member(sqlite_app: Framed) -> None:
    towards = [
        constraint
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table.name == "member"
    ]
    assert towards
    assert {constraint.ondelete for constraint in towards} == {"CASCADE"}


@pytest.mark.parametrize("folder", ["organiser", "campaigns", "templates", "scripts", "docs", "tests", ".ci"])
def test_nothing_names_a_path_of_somebodys_machine(folder: str) -> None:
    strange = ("/work" + "/", "/tm" + "p/rl", "/root" + "/")
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and path.suffix in {".py", ".html", ".md", ".sh", ".toml", ".po", ".txt", ""}:
            words = path.read_text(errors="ignore")
            assert not [word for word in strange if word in words], path


FLOORS = ("models", "queries", "services", "forms", "views")


def floor_of(name: str) -> int | None:
    """How high up in its room a module stands, by its name: ``views_join`` and ``draft_views`` are views."""
    words = name.rpartition(".")[2].split("_")
    return next((FLOORS.index(word) for word in (words[0], words[-1]) if word in FLOORS), None)


def test_no_floor_of_a_room_uses_one_above_it() -> None:
    known = set(modules())
    wrong = []
    for name, path in modules().items():
        own = floor_of(name)
        for other in imports_of(name, path, known):
            theirs = floor_of(other)
            if own is not None and theirs is not None and theirs > own:
                wrong.append(f"{name} uses {other}")
    assert wrong == []
