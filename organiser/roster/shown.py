"""What a preview or a receipt shows of each row: who it is, where in the file, and what changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.phone import phone_display
from organiser.members.models import Member
from organiser.members.queries import details_open_to, in_order, members_open_to
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.decisions import Decision, DecisionKind
from organiser.roster.known import Known
from organiser.roster.models import ImportChange
from organiser.roster.repairs import PROBLEM
from organiser.roster.services import Outcome
from organiser.roster.traces import before_and_after
from organiser.roster.wording import Change, worded


class Tab(StrEnum):
    """Which rows are shown."""

    CREATED = "created"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    DUPLICATES = "duplicates"
    ABSENT = "absent"


@dataclass(slots=True)
class Line:
    """One row of the file, or one member that the file does not mention (``line`` is 0 then)."""

    name: str
    number: str
    line: int = 0
    member_id: UUID | None = None
    place: str = ""  # the association's name; none for those who stand in a unit above
    phones: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


_KINDS = {
    Tab.CREATED: DecisionKind.CREATED,
    Tab.UPDATED: DecisionKind.UPDATED,
    Tab.UNCHANGED: DecisionKind.UNCHANGED,
    Tab.REFUSED: DecisionKind.REFUSED,
    Tab.DUPLICATES: DecisionKind.DUPLICATE,
}


def of_tab(planned: Outcome, tab: Tab) -> Sequence[Decision | Known]:
    """The rows of a plan, or the absent members, that a tab shows."""
    if tab is Tab.ABSENT:
        absent = [planned.snapshot.members[member_id] for member_id in planned.plan.absent]
        return sorted(absent, key=lambda one: (one.values["last_name"], one.values["first_name"]))
    if tab is Tab.MOVED:
        return [one for one in planned.plan.decisions if one.moved]
    return [one for one in planned.plan.decisions if one.kind is _KINDS[tab]]


def lines_of(planned: Outcome, rows: Iterable[Decision | Known], account: Account) -> list[Line]:
    """The rows in words; of protected members only what ``account`` may read."""
    rows, units, places = list(rows), unit_names(), association_names()
    ids = [row.id if isinstance(row, Known) else row.member_id for row in rows]
    readable = readable_among([member_id for member_id in ids if isinstance(member_id, UUID)], account)
    return [
        _known_line(row, places)
        if isinstance(row, Known)
        else _decision_line(
            row, planned, units, places, readable=row.member_id is None or row.member_id in readable
        )
        for row in rows
    ]


def _known_line(known: Known, places: Mapping[str, str]) -> Line:
    return Line(
        name_of(known.values["first_name"], known.values["last_name"]),
        known.number or "",
        member_id=known.id if isinstance(known.id, UUID) else None,
        place=places.get(str(known.organisation_id), ""),
    )


def _decision_line(
    row: Decision, planned: Outcome, units: Mapping[str, str], places: Mapping[str, str], *, readable: bool
) -> Line:
    values = row.row.values
    known = planned.snapshot.members.get(row.member_id)
    line = Line(
        name_of(known.values["first_name"], known.values["last_name"]) if known else row.row.name,
        str(values.get("member_number") or (known.number if known else "") or ""),
        row.line,
        row.member_id if isinstance(row.member_id, UUID) else None,
        places.get(str(row.organisation_id), ""),
    )
    if row.kind is DecisionKind.CREATED:
        line.phones = [phone_display(phone.e164) for phone in values.get("phones", ())]
    if row.kind is DecisionKind.UPDATED:
        line.changes = worded(*before_and_after(row, planned.snapshot.phones), units, readable=readable)
    if row.kind is DecisionKind.REFUSED:
        line.told = [str(PROBLEM[one.kind].title) for one in row.problems if one.kind.refuses]
    return line


def lines_of_changes(changes: Iterable[ImportChange], account: Account) -> list[Line]:
    """The rows of a list that was read in; who is gone since, or out of the reader's reach, has no name."""
    changes, units, places = list(changes), unit_names(), association_names()
    ids = [change.member_id for change in changes]
    members = members_among(ids, account)
    elsewhere = set(db.session.scalars(select(Member.id).where(Member.id.in_(ids)))) - set(members)
    readable = readable_among(list(members), account)
    lines = []
    for change in changes:
        line, member = Line("", "", change.line), members.get(change.member_id)
        lines.append(line)
        if change.member_id in elsewhere:
            continue
        if member is not None:
            line.name, line.number, line.member_id = member.name, member.number or "", member.id
            line.place = places.get(str(member.organisation_id), "")
        line.changes = worded(change.before, change.after, units, readable=change.member_id in readable)
    return lines


def members_among(member_ids: Sequence[UUID], account: Account) -> dict[UUID, Member]:
    """Those of them who are in the register where ``account`` reads lists in, in the order of names."""
    query = in_order(members_open_to(account, Permission.IMPORT_MEMBERS)).where(Member.id.in_(member_ids))
    return {one.id: one for one in db.session.scalars(query)} if member_ids else {}


def name_of(first: str, last: str) -> str:
    """As one says it."""
    return f"{first} {last}".strip()


def readable_among(member_ids: Sequence[UUID], account: Account) -> set[UUID]:
    """Those of whom ``account`` may read everything."""
    query = select(Member.id).where(Member.id.in_(member_ids), details_open_to(account))
    return set(db.session.scalars(query)) if member_ids else set()


def association_names() -> dict[str, str]:
    """Id and name of the associations alone."""
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrgKind.ASSOCIATION)
    return {str(id): name for id, name in db.session.execute(query)}


def unit_names() -> dict[str, str]:
    """Id and name of every unit of the tenant."""
    return {str(id): name for id, name in db.session.execute(select(Organisation.id, Organisation.name))}
