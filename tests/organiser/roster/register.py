"""A register in memory: what a plan makes of it when it is carried out."""

from collections.abc import Iterable
from dataclasses import replace

from organiser.members.kinds import MemberStatus
from organiser.roster.preview import Decision, DecisionKind, Known, KnownPhone, Plan

BLOCKS = ("do_not_call", "do_not_email")
NOT_KEPT_AS_VALUES = {"member_number", "association", "phones", "extra", *BLOCKS}


def applied(planned: Plan, known: Iterable[Known] = ()) -> list[Known]:
    """The register as it stands after the plan was carried out."""
    register = {one.id: one for one in known}
    for decision in planned.decisions:
        if decision.kind is DecisionKind.CREATED:
            new = created(decision, f"m{len(register)}")
            register[new.id] = new
        elif decision.kind is DecisionKind.UPDATED:
            register[decision.member_id] = updated(decision, register[decision.member_id])
    return list(register.values())


def created(decision: Decision, member_id: str) -> Known:
    row = decision.row
    return Known(
        member_id,
        row.values.get("member_number"),
        decision.organisation_id,
        {key: value for key, value in row.values.items() if key not in NOT_KEPT_AS_VALUES},
        tuple(KnownPhone(phone.e164, phone.kind) for phone in row.values.get("phones", ())),
        {block: False for block in BLOCKS if row.values.get(block)},
        dict(row.extra),
        left=row.values.get("member_status", MemberStatus.ACTIVE).is_over,
    )


def updated(decision: Decision, known: Known) -> Known:
    new = {field: pair[1] for field, pair in decision.changes.items()}
    values = {**known.values, **{key: value for key, value in new.items() if key not in NOT_KEPT_AS_VALUES}}
    kept = tuple(phone for phone in known.phones if phone.e164 not in decision.drop_phones)
    blocks = {**known.blocks, **{block: False for block in BLOCKS if new.get(block)}}
    return replace(
        known,
        number=new.get("member_number", known.number),
        organisation_id=decision.organisation_id,
        values=values,
        phones=kept + tuple(KnownPhone(phone.e164, phone.kind) for phone in decision.add_phones),
        blocks={block: person for block, person in blocks.items() if new.get(block) is not False},
        extra={**known.extra, **new.get("extra", {})},
        left=values.get("member_status", MemberStatus.ACTIVE).is_over,
    )
