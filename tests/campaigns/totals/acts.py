"""A small register where anything may happen to anybody, each thing through the services the pages use."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.queue.taking import give_back
from campaigns.queue.undoing import CannotUndo, undo_as_organiser, undo_report
from campaigns.surveys.models import Survey
from campaigns.surveys.services import answer
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members import services as members
from organiser.members.kinds import BlockScope, Channel, MemberStatus, NumberState, PhoneKind, Source, TagKind
from organiser.members.models import Contact, Member
from organiser.members.services import By, NumberDraft
from organiser.members.tag_models import MemberTag
from organiser.members.tag_services import add_tag, take_off
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.models import ImportBatch
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.roster.undoing import undo
from organiser.web.frame import in_one_transaction
from organiser.web.slots import slots_of
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_assignment, make_campaign, reserved_number
from tests.campaigns.surveys.asked import a_survey, called

EIGHTEEN = 18
SWEDEN = ZoneInfo("Europe/Stockholm")
_tenants = itertools.count()
_places = itertools.count()


class Register:
    """A tenant of its own with two districts, three associations and a few members; ``at`` only goes on."""

    def __init__(self, make: Builders) -> None:
        self.app, self.at = make.app, NOON
        self.tenant_id, self.root = make.tenant(f"acts-{next(_tenants)}")
        north = make.unit(self.tenant_id, self.root, "Norr", OrgKind.DISTRICT)
        south = make.unit(self.tenant_id, self.root, "Syd", OrgKind.DISTRICT)
        self.units = [make.unit(self.tenant_id, north, name) for name in ("Ort", "By")]
        self.units += [make.unit(self.tenant_id, south, "Stad"), north]
        self.campaign: Campaign = make_campaign(make, self.tenant_id, self.root)
        self.lists = {unit: make_assignment(make, self.campaign, unit) for unit in self.units}
        self.caller: Account = make.account(self.tenant_id)
        self.ids: list[UUID] = []
        with make.storing(self.tenant_id):
            self.survey: Survey = a_survey(self.root)
        for place in range(5):
            self.do("enrol", place, place)

    def do(self, act: str, who: int, how: int) -> None:
        """One thing happens, in a transaction of its own."""
        with self.app.app_context(), inside(self.tenant_id), clock.at(self.at):
            if act == "enrol":
                in_one_transaction(lambda: self._enrol(how))
            elif act == "wait":
                self.at += timedelta(hours=7 * (1 + how))
            elif act == "read_list":
                in_one_transaction(lambda: self._read_list(who, how))
            elif act == "undo_list":
                in_one_transaction(self._undo_list)
            elif self.ids:
                in_one_transaction(lambda: self._to_somebody(act, who, how))

    def _to_somebody(self, act: str, who: int, how: int) -> None:
        member = db.session.scalar(select(Member).where(Member.id == self.ids[who % len(self.ids)]))
        if member is not None:
            TO_SOMEBODY[act](self, member, how)

    @property
    def by(self) -> By:
        return By(self.caller.id, self.at)

    @property
    def today(self) -> date:
        return self.at.astimezone(SWEDEN).date()

    def _enrol(self, how: int) -> None:
        values: dict[str, Any] = {
            "organisation_id": self.units[how % len(self.units)],
            "first_name": "Åsa",
            "last_name": f"Ek {how}",
            "number": f"{len(self.ids) + 1:05}",
            "birth_date": self._nearly_grown_up(how) if how % 3 == 0 else None,
        }
        drafts = [NumberDraft(reserved_number(next(_places)), PhoneKind.MOBILE)] if how % 4 else []
        self.ids.append(members.enrol(uuid7(), values, drafts, self.by).id)

    def _nearly_grown_up(self, how: int) -> date:
        """A birth date whose eighteenth anniversary is some days ahead."""
        birthday = self.today + timedelta(days=how)
        return date(birthday.year - EIGHTEEN, birthday.month, min(birthday.day, 28))

    def _read_list(self, who: int, how: int) -> None:
        """Somebody known, perhaps moved here by it or marked as gone, and somebody new."""
        unit = db.session.scalars(
            select(Organisation).where(Organisation.id == self.units[who % len(self.units)])
        ).one()
        gone = "utträdd" if how % 2 else "aktiv"
        lines = [
            "Medlemsnr;Förnamn;Efternamn;Mobil;Status",
            f"{how % 7 + 1:05};Åsa;Ek;070-1740605;{gone}",
            f"9{how:04};Bo;Ny;{'070-1740606' if how % 3 else ''};aktiv",
        ]
        read = read_list("\n".join(lines).encode(), "lista.csv", self.today)
        read_in(read, unit, "lista.csv", self.at)
        known = set(self.ids)
        ids = db.session.scalars(select(Member.id).order_by(Member.id)).all()
        self.ids += [one for one in ids if one not in known]

    def _undo_list(self) -> None:
        latest = select(ImportBatch).where(ImportBatch.undone_at.is_(None)).order_by(ImportBatch.id.desc())
        batch = db.session.scalars(latest.limit(1)).first()
        if batch is not None:
            undo(batch, self.caller.id, self.at, [tie() for tie in slots_of(self.app).member_ties])


def report(here: Register, member: Member, how: int) -> None:
    """A call is made, and told of at once."""
    unit_id = member.organisation_id if member.organisation_id in here.lists else here.units[0]
    assignment: CallAssignment = here.lists[unit_id]
    query = select(Target).where(Target.assignment_id == assignment.id, Target.member_id == member.id)
    target = db.session.scalar(query)
    if target is None:
        target = Target(
            campaign_id=here.campaign.id, assignment_id=assignment.id, member_id=member.id, due_at=here.at
        )
        db.session.add(target)
        db.session.flush()
    call = Call(
        target_id=target.id,
        member_id=member.id,
        caller_id=here.caller.id,
        e164=member.numbers[0].e164 if member.numbers else "+46701740605",
        taken_at=here.at,
        lease_until=here.at + timedelta(minutes=20),
    )
    db.session.add(call)
    db.session.flush()
    outcome = list(Outcome)[how % len(Outcome)]
    later = here.at + timedelta(days=1) if outcome.asks_when else None
    report_call(call, Report(outcome, call_back_at=later, key=str(uuid7())), here.at)


def take_back(here: Register, member: Member, how: int) -> None:
    """The last call is undone, by its caller or by an organiser."""
    told = select(Call).where(Call.member_id == member.id, Call.outcome.is_not(None))
    call = db.session.scalars(told.order_by(Call.id.desc()).limit(1)).first()
    if call is None:
        return
    try:
        (undo_report if how % 2 else undo_as_organiser)(call, here.at)
    except CannotUndo:
        return
    give_back(call.caller, here.at)


def meet(here: Register, member: Member, how: int) -> None:
    channel = list(Channel)[how % len(Channel)]
    members.note_contact(member, uuid7(), channel, here.today - timedelta(days=how), "", here.by)


def forget(here: Register, member: Member, how: int) -> None:
    found = db.session.scalars(select(Contact).where(Contact.member_id == member.id).limit(1)).first()
    if found is not None:
        members.forget_contact(found)


def move(here: Register, member: Member, how: int) -> None:
    members.move(member, here.units[how % len(here.units)])


def change(here: Register, member: Member, how: int) -> None:
    """A status, a last day, an age, a protected identity."""
    values: list[dict[str, Any]] = [
        {"status": list(MemberStatus)[how % len(MemberStatus)]},
        {"left_on": here.today + timedelta(days=how) if how % 2 else None},
        {"birth_date": here._nearly_grown_up(how)},
        {"birth_date": None, "birth_year": here.today.year - EIGHTEEN + how % 2},
        {"protected": bool(how % 2)},
        {"status": MemberStatus.ACTIVE},
    ]
    members.correct(member, values[how % len(values)], None, here.by)


def block(here: Register, member: Member, how: int) -> None:
    members.block(member, list(BlockScope)[how % len(BlockScope)], "", Source.PERSON, here.by)


def lift(here: Register, member: Member, how: int) -> None:
    for standing in [one for one in member.blocks if one.is_standing][:1]:
        members.lift_block(standing, "", here.by)


def mark(here: Register, member: Member, how: int) -> None:
    for number in member.numbers[:1]:
        members.mark_number(number, list(NumberState)[how % len(NumberState)], here.by)


def renumber(here: Register, member: Member, how: int) -> None:
    drafts = [NumberDraft(reserved_number(next(_places)), PhoneKind.MOBILE)] if how % 3 else []
    members.correct(member, {}, drafts, here.by)


def say_yes(here: Register, member: Member, how: int) -> None:
    add_tag(member, f"Fika {how % 2}", here.by, TagKind.TASK if how % 3 else TagKind.SKILL)


def say_no(here: Register, member: Member, how: int) -> None:
    worn = db.session.scalars(select(MemberTag).where(MemberTag.member_id == member.id).limit(1)).first()
    if worn is not None:
        take_off(worn)


def answer_survey(here: Register, member: Member, how: int) -> None:
    survey = db.session.scalars(select(Survey).where(Survey.id == here.survey.id)).one()
    key, value = [("help", ["leaflets"]), ("news", "yes"), ("help", ["write"]), ("help", [])][how % 4]
    answer(survey, member, called(survey, key), value, by=here.by)


def answer_nothing(here: Register, member: Member, how: int) -> None:
    survey = db.session.scalars(select(Survey).where(Survey.id == here.survey.id)).one()
    for key in ("help", "news"):
        answer(survey, member, called(survey, key), [] if key == "help" else "", by=here.by)


TO_SOMEBODY: dict[str, Callable[[Register, Member, int], None]] = {
    one.__name__: one
    for one in (
        report,
        take_back,
        meet,
        forget,
        move,
        change,
        block,
        lift,
        mark,
        renumber,
        say_yes,
        say_no,
        answer_survey,
        answer_nothing,
    )
}
ACTS = ("enrol", "wait", "read_list", "undo_list", *TO_SOMEBODY)
__all__ = ["ACTS", "Register"]
