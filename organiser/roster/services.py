"""Verbs of the import: plan what a list would do, and do it. They only flush; nothing is half done."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.text import squeeze
from organiser.core.unswept import unswept
from organiser.orgs.models import Organisation
from organiser.orgs.queries import our_tenant
from organiser.roster.decisions import Plan
from organiser.roster.models import ImportBatch
from organiser.roster.preview import plan_import
from organiser.roster.reading import ReadList, Told
from organiser.roster.snapshot import Snapshot, take_snapshot
from organiser.roster.traces import before_and_after
from organiser.roster.writing import By, carry_out

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """A list, what it would do or did to the register, and the batch (none where it was only asked)."""

    read: ReadList
    plan: Plan
    snapshot: Snapshot
    batch_id: UUID | None = None

    def told(self) -> list[Told]:
        """Everything to look at, in the file's order: about the file, its columns and its rows."""
        problems = (Told(one.line, one.column, one.kind.value, one.text) for one in self.plan.problems)
        return sorted((*self.read.cautions(), *problems), key=lambda one: one.line)


@unswept
def plan_list(read: ReadList, unit: Organisation) -> Outcome:
    """What reading the list in for ``unit`` would do to the register as it stands; nothing is written."""
    snapshot = take_snapshot(unit)
    plan = plan_import(
        read.rows,
        snapshot.members.values(),
        snapshot.associations,
        unit.id,
        tells_association=read.tells_association,
    )
    return Outcome(read, plan, snapshot)


def read_in(
    read: ReadList,
    unit: Organisation,
    file_name: str,
    at: datetime,
    *,
    account_id: UUID | None = None,
    batch_id: UUID | None = None,
) -> Outcome:
    """Plan against the register of this moment and carry it out, all of it or (where it raises) nothing.

    ``batch_id`` is made by whoever asks, so that asking twice can be told; the caller looks for it first.
    """
    hold_register()
    planned = plan_list(read, unit)
    return carry_out_plan(planned, unit, file_name, at, account_id=account_id, batch_id=batch_id)


def hold_register() -> None:
    """Let no other list in at the same time: two plans against one register would not fit together."""
    db.session.scalars(our_tenant().with_for_update()).one()


@unswept
def carry_out_plan(
    planned: Outcome,
    unit: Organisation,
    file_name: str,
    at: datetime,
    *,
    account_id: UUID | None = None,
    batch_id: UUID | None = None,
) -> Outcome:
    """Write the plan and its batch, whose entry in the log of changes leads to what changed for whom."""
    read, plan = planned.read, planned.plan
    name = squeeze(file_name)[:LONGEST_NAME]
    batch = ImportBatch(
        id=batch_id or uuid7(),
        organisation_id=unit.id,
        by_id=account_id,
        file_name=name,
        digest=read.digest,
        encoding=read.sheet.encoding,
        counts=plan.counts(),
        columns=read.fields,
        choices=read.choices,
        headings_digest=read.headings_digest,
        told=dict(Counter(one.kind for one in planned.told())),
        created_at=at,
    )
    db.session.add(batch)
    db.session.flush()
    carry_out(plan, planned.snapshot, By(batch.id, account_id, at, name))
    return Outcome(read, plan, planned.snapshot, batch.id)


def fingerprint(planned: Outcome) -> str:
    """A mark of what a list would do; another one when file, choices or register made it something else."""
    phones = planned.snapshot.phones
    decisions: list[Any] = [
        (one.line, one.kind, one.member_id, one.organisation_id, before_and_after(one, phones))
        for one in planned.plan.decisions
    ]
    told = (planned.read.digest, planned.read.choices, planned.read.sheet.encoding, decisions)
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()[:32]
