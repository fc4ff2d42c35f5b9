"""An answer is kept once, with its history; it counts while it stands, and marks the member."""

import pytest
from sqlalchemy import select

from campaigns.surveys import queries
from campaigns.surveys.building import close_survey
from campaigns.surveys.reading import AnswerFault, NotAnAnswer
from campaigns.surveys.services import take_back_call
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import Source, TagKind
from organiser.members.models import Member
from organiser.members.tag_models import MemberTag, Tag
from tests.builders import NOON, Builders, Tree
from tests.campaigns.surveys.asked import a_survey, by, called, history, say, submission


@pytest.fixture
def member(make: Builders, tree: Tree) -> Member:
    return make.member(tree.tenant_id, tree.falun)


def tags() -> set[tuple[str, str]]:
    rows = db.session.execute(select(Tag.kind, Tag.name).join(MemberTag, MemberTag.tag_id == Tag.id))
    return {(kind.value, name) for kind, name in rows}


def test_the_same_answer_twice_is_kept_once(within: Tree, member: Member) -> None:
    survey = a_survey(within.district)
    first = say(survey, member, "help", ["write", "drive"])
    again = say(survey, member, "help", ["drive", "write"], by=by(5))
    assert first is again
    assert history() == [(["drive", "write"], True)]
    assert submission().changed_at == NOON


def test_no_and_nought_are_answers_and_not_each_other(within: Tree, member: Member) -> None:
    survey = a_survey(within.district)
    say(survey, member, "news", "no")
    say(survey, member, "years", "0")
    assert sorted(history(), key=str) == [(0, True), (False, True)]


def test_another_answer_replaces_the_first_which_is_kept(
    within: Tree, member: Member, make: Builders
) -> None:
    somebody = make.account(within.tenant_id).id
    survey = a_survey(within.district)
    first = say(survey, member, "level", "some")
    say(survey, member, "level", "lot", by=by(3, somebody))
    assert history() == [("some", False), ("lot", True)]
    assert first is not None
    assert (first.replaced_at, first.replaced_by_id) == (by(3).at, somebody)


def test_a_submission_counts_from_its_first_answer_and_only_while_one_stands(
    within: Tree, member: Member
) -> None:
    survey = a_survey(within.district)
    say(survey, member, "level", "", by=by(0))
    assert db.session.scalar(queries.submission_of(survey.id, member.id)) is None
    say(survey, member, "level", "some", by=by(1))
    say(survey, member, "news", "yes", by=by(2))
    say(survey, member, "level", None, by=by(3))
    assert submission().counts_at == by(1).at
    assert db.session.execute(queries.surveyed_members()).all() == [(member.id, by(1).at)]
    say(survey, member, "news", None, by=by(4))
    assert submission().counts_at is None
    assert db.session.execute(queries.surveyed_members()).all() == []
    assert history() == [("some", False), (True, False)]
    say(survey, member, "news", "no", by=by(5))
    assert submission().counts_at == by(5).at
    assert submission().begun_at == by(1).at


def test_what_was_known_on_an_earlier_day_can_be_told(within: Tree, member: Member) -> None:
    survey = a_survey(within.district)
    say(survey, member, "help", ["drive"], by=by(10))
    say(survey, member, "help", ["nothing"], by=by(20))
    say(survey, member, "help", None, by=by(30))

    def known(minutes: int) -> tuple[bool, bool]:
        at = by(minutes).at
        return tuple(  # type: ignore[return-value]
            set(db.session.scalars(found(at))) == {member.id}
            for found in (queries.surveyed_at, queries.willing_at)
        )

    assert [known(at) for at in (9, 10, 20, 30)] == [
        (False, False),
        (True, True),
        (True, False),
        (False, False),
    ]


def test_a_marked_option_is_written_to_the_member_and_taken_away_with_the_answer(
    within: Tree, member: Member
) -> None:
    survey = a_survey(within.district)
    say(survey, member, "help", ["drive", "write", "nothing"])
    assert tags() == {("task", "Köra bil"), ("skill", "Skriva")}
    worn = db.session.scalars(select(MemberTag)).first()
    assert worn is not None
    assert (worn.source, worn.set_at) == (Source.SURVEY, NOON)
    assert worn.source_ref == f"survey:{survey.id}:{called(survey, 'help').id}"
    assert db.session.execute(queries.willing_members()).all() == [(member.id, NOON)]
    say(survey, member, "help", ["leaflets"], by=by(1))
    assert tags() == {("task", "Dela flygblad")}
    say(survey, member, "help", [], by=by(2))
    assert tags() == set()
    assert db.session.execute(queries.willing_members()).all() == []


def test_the_marks_of_a_survey_leave_those_of_another_alone(within: Tree, member: Member) -> None:
    one, other = a_survey(within.district), a_survey(within.district)
    say(one, member, "help", ["drive"])
    say(other, member, "help", ["drive", "leaflets"])
    say(other, member, "help", None, by=by(1))
    assert tags() == {(TagKind.TASK.value, "Köra bil")}


def test_a_closed_survey_takes_no_answer(within: Tree, member: Member) -> None:
    survey = a_survey(within.district)
    close_survey(survey, by())
    with pytest.raises(NotAnAnswer) as caught:
        say(survey, member, "level", "some")
    assert caught.value.fault is AnswerFault.CLOSED
    assert history() == []


def test_taking_a_call_back_gives_every_answer_it_touched_its_old_value(within: Tree, member: Member) -> None:
    survey, call_id = a_survey(within.district), uuid7()
    say(survey, member, "level", "some", by=by(0))
    say(survey, member, "news", "yes", by=by(0))
    for key, value in (
        ("level", "lot"),
        ("level", None),
        ("news", None),
        ("help", ["drive"]),
        ("help", ["write"]),
    ):
        say(survey, member, key, value, by=by(5), source=Source.CALL, call_id=call_id)
    take_back_call(call_id, by(9))
    stands = {
        answer.question.key: answer.value for answer in db.session.scalars(queries.answers_by(member.id))
    }
    assert stands == {"level": "some", "news": True}
    assert tags() == set()


def test_taking_a_call_back_leaves_what_somebody_has_changed_since(within: Tree, member: Member) -> None:
    survey, call_id = a_survey(within.district), uuid7()
    say(survey, member, "level", "some", call_id=call_id)
    say(survey, member, "level", "lot", by=by(5))
    take_back_call(call_id, by(9))
    take_back_call(uuid7(), by(9))
    assert history() == [("some", False), ("lot", True)]
