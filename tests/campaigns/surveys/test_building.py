"""A survey can be changed while it is answered, and nobody's answer or mark is lost; two at once keep one."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from campaigns.surveys.building import (
    ChangedMeanwhile,
    bring_back,
    change_question,
    draft_of,
    lay_aside,
    make_survey,
    question_draft,
)
from campaigns.surveys.kinds import Mark, Option
from campaigns.surveys.loading import load_packaged, load_survey
from campaigns.surveys.models import Answer, Submission, Survey
from campaigns.surveys.services import answer
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.members.tag_models import MemberTag, Tag
from organiser.web.frame import Framed, in_one_transaction
from tests.builders import Builders, Tree
from tests.campaigns.surveys.asked import HELP, NEWS, a_survey, by, called, say, unit_of


@pytest.fixture
def member(make: Builders, tree: Tree) -> Member:
    return make.member(tree.tenant_id, tree.falun)


def tags() -> set[tuple[str, str]]:
    rows = db.session.execute(select(Tag.kind, Tag.name).join(MemberTag, MemberTag.tag_id == Tag.id))
    return {(kind.value, name) for kind, name in rows}


def test_a_mark_changed_afterwards_is_changed_for_those_who_chose_it(within: Tree, member: Member) -> None:
    survey = a_survey(within.district, HELP)
    question = called(survey, "help")
    said = say(survey, member, "help", ["drive", "nothing"])
    assert said is not None
    assert said.says_yes
    marks = {"drive": Mark.SKILL, "nothing": Mark.DRIVE}
    options = tuple(replace(one, mark=marks.get(one.key, one.mark)) for one in HELP.options)
    change_question(question, replace(question_draft(question), options=options), question.version, by(5))
    assert tags() == {("skill", "Köra bil"), ("drive", "Inget")}
    assert not said.says_yes
    options = tuple(replace(one, mark=Mark.NONE) for one in HELP.options)
    change_question(question, replace(question_draft(question), options=options), question.version, by(6))
    assert tags() == set()


def test_an_option_nobody_could_have_chosen_goes_for_good(within: Tree) -> None:
    survey = a_survey(within.district, HELP)
    question = called(survey, "help")
    draft = replace(question_draft(question), options=HELP.options[:2])
    change_question(question, draft, question.version, by())
    assert [one.key for one in question.choices] == ["leaflets", "drive"]


def test_a_question_keeps_its_key_and_kind_whatever_is_sent(within: Tree) -> None:
    survey = a_survey(within.district, NEWS)
    question = called(survey, "news")
    change_question(question, replace(HELP, text_sv="Annat"), 1, by())
    assert (question.key, question.kind, question.text_sv) == ("news", NEWS.kind, "Annat")
    with pytest.raises(ChangedMeanwhile):
        change_question(question, HELP, 1, by())


def test_a_copy_asks_what_is_asked_now_and_has_no_answers(within: Tree, member: Member) -> None:
    survey = a_survey(within.district, HELP, NEWS)
    say(survey, member, "news", "yes")
    lay_aside(called(survey, "news"), by())
    question = called(survey, "help")
    question.options = [*question.options, Option("old", "Gammalt", gone=True).as_json()]
    db.session.flush()
    copy = make_survey(uuid7(), unit_of(within.falun), draft_of(survey), by())
    assert [(one.key, len(one.choices)) for one in copy.questions] == [("help", 4)]
    bring_back(called(survey, "news"))
    assert len(draft_of(survey).questions) == 2


def test_loading_the_same_key_again_makes_nothing_unless_asked(within: Tree) -> None:
    unit, other = unit_of(within.district), unit_of(within.falun)
    first = load_packaged(unit, by())
    assert load_packaged(unit, by(1)) is first
    assert load_packaged(other, by(1)) is not first
    again = load_packaged(unit, by(2), again=True)
    assert again is not first
    assert (
        load_survey(unit, "key: medlemsenkat\nquestions:\n  - {key: a, type: yesno, sv: A}\n", by(3)) is again
    )
    assert len(db.session.scalars(select(Survey)).all()) == 3


@pytest.mark.parametrize("values", [["yes"] * 6, ["yes", "no"] * 3], ids=["the same", "different"])
def test_of_several_who_answer_at_once_one_answer_stands(
    app: Framed, make: Builders, tree: Tree, member: Member, values: list[str]
) -> None:
    with make.storing(tree.tenant_id):
        survey = a_survey(tree.district, NEWS)
        assert survey.questions
    ready, broken = threading.Barrier(len(values)), []

    def press(value: str) -> None:
        def work() -> None:
            asked = db.session.merge(survey)
            whom = db.session.scalars(select(Member).where(Member.id == member.id)).one()
            answer(asked, whom, called(asked, "news"), value, by=by())

        try:
            with app.app_context(), inside(tree.tenant_id):
                ready.wait()
                in_one_transaction(work)
        except Exception as error:  # noqa: BLE001  # told below
            broken.append(error)

    people = [threading.Thread(target=press, args=(value,)) for value in values]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert broken == []
    with make.storing(tree.tenant_id):
        assert len(db.session.scalars(select(Submission)).all()) == 1
        kept = db.session.scalars(select(Answer)).all()
        assert len([one for one in kept if one.replaced_at is None]) == 1
        assert (len(kept) == 1) is (len(set(values)) == 1)
