"""The truth of a member told by plain Python over their rows, for the totals to be held against."""

from collections import Counter
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import select

from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from campaigns.surveys.models import Answer, Submission
from campaigns.totals.counting import State, turned
from campaigns.totals.models import COUNTS, Standing
from campaigns.totals.reading import units_as_known
from campaigns.totals.recounting import differences
from organiser.core.database import db
from organiser.members.kinds import TagKind
from organiser.members.models import Contact, Member
from organiser.members.rules import why_not_callable
from organiser.members.tag_models import MemberTag, Tag
from organiser.orgs.models import Organisation


def first(moments: list[datetime]) -> datetime | None:
    return min(moments, default=None)


def plain_state(member: Member, today: date) -> State:
    """What the member has come to, the days on which it turns by itself left out."""
    calls = [
        call
        for call in db.session.scalars(select(Call).where(Call.member_id == member.id))
        if call.outcome not in {None, Outcome.SKIPPED} and call.reported_at
    ]
    met = [
        datetime.combine(one.on, time(12), UTC)
        for one in db.session.scalars(select(Contact).where(Contact.member_id == member.id))
    ]
    reached = [one.reported_at for one in calls if one.outcome and one.outcome.reached and one.reported_at]
    talked = [one.reported_at for one in calls if one.outcome in {Outcome.TALKED, Outcome.CALLED_BACK}]
    rung = [one.reported_at for one in calls if one.reported_at]
    return State(
        None if member.status.is_over else member.organisation_id,
        not member.status.is_over and not why_not_callable(member, today),
        rung_at=first(rung),
        contacted_at=first([*reached, *met]),
        talked_at=first([one for one in talked if one]),
        surveyed_at=first(_submitted(member)),
        active_at=first(_tasks(member)),
        last_at=max([*rung, *met], default=None),
    )


def _submitted(member: Member) -> list[datetime]:
    """When the submissions count from that hold an answer that stands."""
    standing = select(Answer.submission_id).where(Answer.replaced_at.is_(None))
    found = select(Submission).where(Submission.member_id == member.id, Submission.id.in_(standing))
    return [one.counts_at for one in db.session.scalars(found) if one.counts_at]


def _tasks(member: Member) -> list[datetime]:
    worn = select(MemberTag).join(MemberTag.tag).where(Tag.kind == TagKind.TASK)
    return [one.set_at for one in db.session.scalars(worn.where(MemberTag.member_id == member.id))]


def assert_all_true(root_id: UUID, today: date) -> None:
    """Every member stands as the truth has it, the totals are a recount, and both are the plain sums."""
    db.session.expire_all()
    true = {one.id: plain_state(one, today) for one in db.session.scalars(select(Member))}
    kept = {row.id: _state_now(row, today) for row in db.session.scalars(select(Standing))}
    assert kept == true
    root = db.session.scalars(select(Organisation).where(Organisation.id == root_id)).one()
    assert list(differences(root, today)) == []
    sums: dict[UUID, Counter[str]] = {}
    for state in true.values():
        if state.organisation_id:
            sums.setdefault(state.organisation_id, Counter()).update(_counts(state))
    for unit in units_as_known(root, today):
        told = sums.get(unit.id, Counter())
        assert unit.numbers == Counter({name: told[name] for name in COUNTS}), unit.name


def _state_now(row: Standing, today: date) -> State:
    state = State(*(getattr(row, name) for name in State._fields))
    for _day, later in turned(state, today):
        state = later
    return state._replace(turns_on=None, turns_back_on=None)


def _counts(state: State) -> Counter[str]:
    """By hand, and not by the code that is tested."""
    told = Counter(
        {
            "members": 1,
            "callable": state.callable,
            "rung": state.rung_at is not None,
            "contacted": state.contacted_at is not None,
            "talked": state.talked_at is not None,
            "surveyed": state.surveyed_at is not None,
            "active": state.active_at is not None,
        }
    )
    both = {
        f"{name}_callable": told[name] and state.callable for name in COUNTS if f"{name}_callable" in COUNTS
    }
    return Counter({name: int(number) for name, number in {**told, **both}.items()})
