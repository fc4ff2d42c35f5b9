"""What members are known for: said by a survey or put on by hand, one word however it is written."""

from typing import Any

import pytest
from sqlalchemy import func, select

from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.tenancy import OutsideTenant, inside
from organiser.members import tag_queries
from organiser.members.kinds import Source, TagKind
from organiser.members.models import Member
from organiser.members.services import By
from organiser.members.tag_models import MemberTag, Tag
from organiser.members.tag_services import add_tag, called, put_back, put_tags, take_off
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree

US = By(None, NOON)
SURVEY, ANOTHER = "survey:1:help", "survey:2:help"
Told = list[tuple[str, str, str]]


@pytest.fixture
def anna(make: Builders, within: Tree) -> Member:
    return make.member(within.tenant_id, within.falun, first_name="Anna")


def worn_by(member: Member) -> Told:
    rows = db.session.scalars(tag_queries.tags_of(member.id))
    return [(row.tag.kind.value, row.tag.name, row.source_ref) for row in rows]


def said(member: Member, *names: str, kind: TagKind = TagKind.TASK, source_ref: str = SURVEY) -> Told:
    """What a survey heard; gives what the member has afterwards."""
    put_tags(member, kind, names, source_ref, US)
    return worn_by(member)


def rows(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(select(model).subquery())) or 0


def test_a_survey_says_what_somebody_wants_to_help_with(anna: Member) -> None:
    assert said(anna, "Dela ut flygblad", "Baka") == [
        ("task", "Baka", SURVEY),
        ("task", "Dela ut flygblad", SURVEY),
    ]
    worn = db.session.scalars(tag_queries.tags_of(anna.id)).first()
    assert worn is not None
    assert (worn.source, worn.set_at, worn.set_by) == (Source.SURVEY, NOON, None)


def test_the_same_answer_again_changes_nothing(anna: Member) -> None:
    said(anna, "Baka", "Ringa")
    before = db.session.scalars(select(MemberTag.id)).all(), rows(ChangeEntry)
    said(anna, "ringa", " BAKA ")
    assert (db.session.scalars(select(MemberTag.id)).all(), rows(ChangeEntry)) == before


def test_a_new_answer_takes_away_what_is_no_longer_said(anna: Member) -> None:
    said(anna, "Baka", "Ringa")
    assert said(anna, "Ringa", "Åka buss") == [("task", "Ringa", SURVEY), ("task", "Åka buss", SURVEY)]
    assert said(anna) == []


def test_what_others_say_stays(anna: Member) -> None:
    said(anna, "Baka", source_ref=ANOTHER)
    add_tag(anna, "Baka", US, TagKind.TASK)
    said(anna, "Baka", kind=TagKind.SKILL)
    said(anna, "Baka")
    assert said(anna) == [("skill", "Baka", SURVEY), ("task", "Baka", ANOTHER), ("task", "Baka", "")]


def test_a_word_is_one_tag_however_it_is_written(anna: Member, make: Builders, within: Tree) -> None:
    bo = make.member(within.tenant_id, within.falun)
    said(anna, "Café-värd")
    said(bo, "CAFE VÄRD", "café-värd")
    assert [tag.name for tag in db.session.scalars(tag_queries.tags_in_use())] == ["Café-värd"]


def test_one_word_of_two_kinds_is_two_tags(anna: Member) -> None:
    assert called(TagKind.SKILL, "Baka").id != called(TagKind.TASK, "Baka").id


@pytest.mark.parametrize("nothing", ["", "  ", "’", "!?", "\u200b"])
def test_a_name_that_says_nothing_is_no_tag(anna: Member, nothing: str) -> None:
    assert said(anna, nothing) == []
    with pytest.raises(ValueError, match="letters"):
        add_tag(anna, nothing, US)


def test_a_long_answer_is_cut_so_that_every_index_takes_it(anna: Member) -> None:
    said(anna, "å" * 5000)
    assert [len(name) for _kind, name, _ref in worn_by(anna)] == [200]


def test_putting_the_same_on_by_hand_twice_is_once(anna: Member) -> None:
    assert add_tag(anna, "Kan köra", US).id == add_tag(anna, "kan köra", US).id
    assert rows(MemberTag) == 1


def test_one_who_was_quicker_with_the_same_word_is_joined(
    anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look finds nothing, as it does where somebody else is about to commit the same."""
    theirs = add_tag(anna, "Kan köra", US)
    monkeypatch.setattr(db.session, "scalar", lambda _query: None)
    ours = add_tag(anna, "Kan köra", US)
    assert (ours.id, ours.tag_id) == (theirs.id, theirs.tag_id)
    monkeypatch.undo()
    assert (rows(Tag), rows(MemberTag)) == (1, 1)


def test_what_is_taken_off_comes_back_as_it_was(anna: Member) -> None:
    said(anna, "Baka")
    worn = db.session.scalars(tag_queries.tags_of(anna.id)).one()
    before = {name: getattr(worn, name) for name in ("id", "tag_id", "source", "source_ref", "set_at")}
    take_off(worn)
    assert worn_by(anna) == []
    entry = db.session.scalars(tag_queries.taken_off(before["id"])).one()
    back = put_back(anna, entry)
    assert {name: getattr(back, name) for name in before} == before
    assert put_back(anna, entry).id == before["id"]


def test_members_are_found_by_what_they_are_known_for(anna: Member, make: Builders, within: Tree) -> None:
    make.member(within.tenant_id, within.falun)
    said(anna, "Baka")
    said(anna, "Baka", source_ref=ANOTHER)
    tag_id = called(TagKind.TASK, "Baka").id
    found = db.session.scalars(select(Member).where(tag_queries.with_tag(tag_id))).all()
    assert [member.id for member in found] == [anna.id]


def test_only_tags_that_somebody_has_are_offered(anna: Member, make: Builders, within: Tree) -> None:
    elsewhere = make.member(within.tenant_id, within.sundsvall)
    called(TagKind.TAG, "Ingen")
    add_tag(anna, "Ägg", US)
    add_tag(anna, "Zebra", US)
    add_tag(anna, "Sy", US, TagKind.SKILL)
    add_tag(elsewhere, "Norrut", US)

    def offered(**narrowed: Any) -> list[str]:
        return [tag.name for tag in db.session.scalars(tag_queries.tags_in_use(**narrowed))]

    assert offered() == ["Sy", "Norrut", "Zebra", "Ägg"]
    assert offered(kind=TagKind.TAG) == ["Norrut", "Zebra", "Ägg"]
    falun = select(Member).where(Member.organisation_id == within.falun)
    assert offered(kind=TagKind.TAG, among=falun) == ["Zebra", "Ägg"]


def test_a_tag_of_a_neighbour_is_neither_seen_nor_worn(app: Framed, make: Builders, tree: Tree) -> None:
    theirs = make.member(tree.other_tenant_id, tree.other_association)
    ours = make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.other_tenant_id):
        add_tag(theirs, "Baka", US)
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalars(tag_queries.tags_in_use()).all() == []
        add_tag(ours, "Baka", US)
        db.session.commit()
        assert rows(Tag) == 1
    with app.app_context(), pytest.raises(OutsideTenant):
        db.session.scalars(tag_queries.tags_in_use()).all()
