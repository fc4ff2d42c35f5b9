"""The results count current members in scope, agree on page and in files, and show no small group."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result as Run
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import event, select

from campaigns.surveys.models import Survey
from campaigns.surveys.results import results_of
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry
from organiser.core.database import db
from organiser.members.kinds import MemberStatus
from organiser.members.models import Member
from tests.builders import Builders, Tree
from tests.campaigns.surveys.asked import NEWS, a_survey, called, say
from tests.page import get, links, words

Story = Callable[..., Survey]


@pytest.fixture
def story(make: Builders, tree: Tree) -> Story:
    """A survey of the district, and for each association members who answered as they are told to."""

    def tell(**answers: list[dict[str, Any]]) -> Survey:
        units = {
            "falun": tree.falun,
            "borlange": tree.borlange,
            "sundsvall": tree.sundsvall,
            "dalarna": tree.district,
        }
        with make.storing(tree.tenant_id):
            survey = a_survey(tree.district)
            assert survey.organisation.id
            assert survey.questions
        for name, members in answers.items():
            for said in members:
                member = make.member(tree.tenant_id, units[name])
                with make.storing(tree.tenant_id):
                    for key, value in said.items():
                        say(survey, member, key, value)
        return survey

    return tell


def viewer(
    client: FlaskClient, make: Builders, tree: Tree, role: Role = Role.VIEWER, unit: UUID | None = None
) -> FlaskClient:
    account = make.account(tree.tenant_id, (role, unit or tree.district), language="en")
    return make.sign_in(client, account, tree.tenant_id)


def test_each_question_is_counted_for_the_whole_and_for_each_unit(
    story: Story, tree: Tree, make: Builders
) -> None:
    drivers, idle = {"help": ["drive", "write"], "liked": 4}, {"help": ["nothing"], "news": "no"}
    survey = story(falun=[drivers] * 6, borlange=[idle] * 5)
    with make.storing(tree.tenant_id):
        found = results_of(db.session.merge(survey))
        help_id, liked_id = called(survey, "help").id, called(survey, "liked").id
        assert [one.n for one in found.whole[help_id].bars] == [0, 6, 6, 5]
        assert [one.percent for one in found.whole[help_id].bars] == [0, 55, 55, 45]
        assert [one.n for one in found.of(tree.falun)[help_id].bars] == [0, 6, 6, 0]
        assert [one.n for one in found.of(tree.borlange)[help_id].bars] == [0, 0, 0, 5]
        assert found.of(tree.falun)[liked_id].mean == 4
        assert (found.members, found.answered) == (11, 11)
        assert [(row.unit.slug, row.members, row.answered) for row in found.rows] == [
            ("dalarna-borlange", 5, 5),
            ("dalarna-falun", 6, 6),
        ]


def test_only_current_members_below_the_unit_count(story: Story, tree: Tree, make: Builders) -> None:
    survey = story(falun=[{"news": "yes"}] * 7, sundsvall=[{"news": "yes"}] * 5)
    with make.storing(tree.tenant_id):
        gone, moved, *_rest = db.session.scalars(select(Member).where(Member.organisation_id == tree.falun))
        gone.status, moved.organisation_id = MemberStatus.LEFT, tree.sundsvall
    with make.storing(tree.tenant_id):
        found = results_of(db.session.merge(survey))
        assert (found.members, found.answered) == (5, 5)
        assert found.whole[called(survey, "news").id].answered == 5


def test_an_answer_taken_back_is_not_counted(story: Story, tree: Tree, make: Builders) -> None:
    survey = story(falun=[{"news": "yes", "level": "some"}] * 6)
    with make.storing(tree.tenant_id):
        survey = db.session.merge(survey)
        say(survey, db.session.scalars(select(Member)).all()[0], "news", None)
        found = results_of(survey)
        assert found.whole[called(survey, "news").id].answered == 5
        assert found.answered == 6


def test_a_small_group_is_hidden_and_cannot_be_worked_out(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = story(
        falun=[{"level": "lot"}] * 3, borlange=[{"level": "some"}] * 6, dalarna=[{"level": "some"}] * 8
    )
    here = viewer(client, make, tree)
    whole = words(get(here, f"/surveys/{survey.id}/results"))
    assert "Have answered 17" in whole
    assert whole.count("Too few to show") == 2
    for hidden in (tree.falun, tree.borlange):
        page = words(get(here, f"/surveys/{survey.id}/results?unit={hidden}"))
        assert "Too few to show" in page
        assert "Often" not in page
        assert "6 answers" not in page
    shown = words(get(here, f"/surveys/{survey.id}/results?unit={tree.district}"))
    assert "8 answers" in shown


def test_four_answers_in_all_are_shown_to_nobody(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = story(falun=[{"level": "lot"}] * 4)
    page = words(get(viewer(client, make, tree, Role.ADMINISTRATOR), f"/surveys/{survey.id}/results"))
    assert "Have answered Too few to show" in page
    assert "Often" not in page
    listed = words(get(client, "/surveys"))
    assert "a few have answered" in listed
    assert "4 members" not in listed


def written(cell: object) -> str:
    """A cell of a workbook as the CSV has it."""
    return "" if cell is None else str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("unit", ["whole", "falun", "borlange"])
def test_page_csv_and_workbook_say_the_same(
    story: Story, client: FlaskClient, make: Builders, tree: Tree, unit: str
) -> None:
    much = {
        "level": "lot",
        "help": ["drive", "write"],
        "news": "no",
        "liked": 4,
        "years": "2,5",
        "why": "=1+1",
    }
    survey = story(falun=[much] * 6 + [{"level": "some"}], borlange=[{"level": "some", "liked": 2}] * 5)
    here = viewer(client, make, tree)
    asked = "" if unit == "whole" else f"?unit={getattr(tree, unit)}"
    page = words(get(here, f"/surveys/{survey.id}/results{asked}"))
    content = get(here, f"/surveys/{survey.id}/results.csv{asked}").get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    heading, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert heading == ["Unit", "Question", "Answer", "How many", "Per cent", "Answered the question"]
    place = "All of Dalarna" if unit == "whole" else lines[0][0]
    mine = [line for line in lines if line[0] == place]
    assert {line[0] for line in lines} == ({place, "Falun", "Borlänge"} if unit == "whole" else {place})
    for _place, question, answer, number, percent, _of in mine:
        if percent:
            assert f"{answer} {number} · {percent}%" in page.partition(question)[2], (question, answer)
    assert len([line for line in mine if line[4]]) >= 7
    workbook = load_workbook(io.BytesIO(get(here, f"/surveys/{survey.id}/results.xlsx{asked}").get_data()))
    sheet, response = workbook.worksheets
    rows = [[written(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == [heading, *lines]
    assert all(
        str(cell) in page for row in response.iter_rows(min_row=2, values_only=True) for cell in row[1:3]
    )


def test_a_cell_that_would_be_a_formula_is_harmless(client: FlaskClient, make: Builders, tree: Tree) -> None:
    with make.storing(tree.tenant_id):
        survey = a_survey(tree.district, replace(NEWS, text_en="=cmd()"))
        assert survey.questions
    make.member(tree.tenant_id, tree.falun)
    here = viewer(client, make, tree)
    assert "'=cmd()" in get(here, f"/surveys/{survey.id}/results.csv").get_data(as_text=True)
    workbook = load_workbook(io.BytesIO(get(here, f"/surveys/{survey.id}/results.xlsx").get_data()))
    kinds = {cell.data_type for row in workbook.worksheets[0].iter_rows() for cell in row}
    assert "f" not in kinds


def test_words_are_read_by_those_who_see_members_and_the_log_tells(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = story(falun=[{"why": f"För rättvisan {n}"} for n in range(5)], borlange=[{"why": "Kompisar"}])
    url = f"/surveys/{survey.id}/questions/{called(survey, 'why').id}/words"
    here = viewer(client, make, tree, Role.ORGANISER)
    assert url in links(get(here, f"/surveys/{survey.id}/results"))
    page = words(get(here, url))
    assert "För rättvisan 0" in page
    assert "Kompisar" in page
    with make.storing(tree.tenant_id):
        seen = set(db.session.scalars(select(AccessEntry.member_id)))
        assert seen == set(db.session.scalars(select(Member.id)))
    get(here, f"/surveys/{survey.id}/questions/{called(survey, 'level').id}/words", status=404)


def test_a_viewer_reads_numbers_and_no_words(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = story(falun=[{"why": "För rättvisan"}] * 5)
    here = viewer(client, make, tree)
    page = get(here, f"/surveys/{survey.id}/results")
    assert "rättvisan" not in page.text
    assert "5 answers" in words(page)
    url = f"/surveys/{survey.id}/questions/{called(survey, 'why').id}/words"
    assert url not in links(page)
    get(here, url, status=403)
    get(here, f"/surveys/{survey.id}", status=403)


def test_a_unit_elsewhere_is_none_of_the_surveys(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    survey = story(falun=[{"level": "lot"}], sundsvall=[{"level": "lot"}])
    here = viewer(client, make, tree)
    for unit in (tree.sundsvall, tree.root, tree.other_association, "x"):
        for ending in ("", ".csv", ".xlsx"):
            get(here, f"/surveys/{survey.id}/results{ending}?unit={unit}", status=404)


def test_the_page_asks_as_many_questions_however_much_there_is(
    story: Story, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    asked: list[str] = []

    def count(survey: Survey) -> int:
        asked.clear()
        get(here, f"/surveys/{survey.id}/results")
        return len(asked)

    with make.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    here = viewer(client, make, tree)
    one = count(story(falun=[{"level": "lot"}]))
    many = story(
        falun=[{"level": "lot", "help": ["drive"], "news": "yes", "liked": 3, "years": 3, "why": "Ja"}] * 6,
        borlange=[{"level": "some"}] * 6,
    )
    assert count(many) == one <= 14


def test_a_survey_is_loaded_and_listed_on_the_command_line(
    ringlista: Callable[..., Run], make: Builders, tree: Tree, tmp_path: Any
) -> None:
    file = tmp_path / "enkat.yaml"
    file.write_text("key: x\nquestions:\n  - {key: a, type: yesno, sv: Ja}\n", encoding="utf-8")
    first = ringlista("survey", "load", file, "--organisation", "dalarna")
    again = ringlista("survey", "load", file, "--organisation", "dalarna")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output.startswith("x: 1 questions, loaded: ")
    assert again.output == first.output.replace("loaded", "is there already")
    listed = ringlista("survey", "list", "--organisation", "dalarna")
    assert listed.output.startswith("x: 1 questions, 0 members have answered, open: ")
    assert ringlista("survey", "list", "--organisation", "granby").output == ""


def test_the_command_tells_everything_that_is_wrong_with_a_file(
    ringlista: Callable[..., Run], tree: Tree, tmp_path: Any
) -> None:
    file = tmp_path / "enkat.yaml"
    file.write_text(
        "key: x\nquestions:\n  - {key: a, type: foo, sv: Ja}\n  - {key: a, sv: Ja}\n", encoding="utf-8"
    )
    run = ringlista("survey", "load", file, "--organisation", "dalarna")
    assert run.exit_code == 2
    assert run.stderr.splitlines()[1:] == [
        "Line 3: type “foo” is not known; use one, many, scale, number, short, text, yesno or info",
        "Line 4: “a” stands twice",
        "Line 4: type “” is not known; use one, many, scale, number, short, text, yesno or info",
    ]
