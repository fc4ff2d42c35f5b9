"""Make the demo: units, people read in from files, campaigns, evenings of calls; the same every time."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import func, select

from campaigns.demo.dice import dice
from campaigns.demo.files import write_files
from campaigns.demo.meeting import meet_members
from campaigns.demo.people_who_sign_in import Staff, staff
from campaigns.demo.places import organisations_csv
from campaigns.demo.ringing import nights_of, ring_a_night
from campaigns.demo.seeing_to import see_to
from campaigns.goals.progress import Aim
from campaigns.goals.services import set_goal
from campaigns.planning.list_services import set_responsible
from campaigns.planning.services import CampaignDraft, make_campaign
from campaigns.planning.usual_guide import default_script
from campaigns.queue.list_queries import lists_of
from campaigns.queue.models import CallAssignment, Target
from campaigns.queue.opening import ALWAYS, DAYTIME
from campaigns.queue.rules import Rules
from campaigns.totals.measures import Measure
from organiser.accounts.models import Account
from organiser.audit.acting import acting_as
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.services import By
from organiser.orgs.loading import load_file
from organiser.orgs.models import Organisation
from organiser.orgs.queries import organisation_called, tenant_called
from organiser.orgs.rows import read_units
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.web.frame import in_one_transaction

R = TypeVar("R")
ROOT = "partiet"
LISTS = {"dalarna": "dalarna.csv", "vasternorrland": "vasternorrland.xlsx"}
READ_IN_BEFORE = timedelta(days=91)
RUNS = timedelta(days=60)
GOALS = {Measure.CONTACTED: 50, Measure.SURVEYED: 30, Measure.ACTIVE: 10}
"""Per cent of all members; the first is every association's too."""
HOURS = {"dalarna": ALWAYS, "vasternorrland": DAYTIME}
"""Whoever looks at the demo at night can ring all the same: in the one district."""
TRIES = 4
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo is made: its files, the day it shows, and the tenant once there is one."""

    folder: Path
    today: date
    zone: ZoneInfo
    tenant_id: int = 0

    def moment(self, days_ago: timedelta, at: time) -> datetime:
        return datetime.combine(self.today - days_ago, at, self.zone)

    def done(self, work: Callable[[], R], at: datetime | None = None) -> R:
        """Do a part of it inside the tenant, as one transaction; ``at``: the moment it is stored."""
        with inside(self.tenant_id), clock.at(at) if at else nullcontext():
            return in_one_transaction(work)


def make_demo(folder: Path, today: date, tell: Tell) -> None:
    """Fill an empty database; ``folder`` gets the member lists, so that one may read them in oneself."""
    zone = ZoneInfo(current_app.config["SETTINGS"].time_zone)
    files = {path.name: path for path in write_files(folder, today=today)}
    in_one_transaction(_found)
    tenant = db.session.scalars(tenant_called(ROOT)).one()
    stage = Stage(folder, today, zone, tenant.id)
    tell("Two districts and 22 associations are there.")
    people = stage.done(staff)
    for slug, name in LISTS.items():
        counts = stage.done(
            lambda slug=slug, name=name: _read_in(stage, slug, files[name], people),  # type: ignore[misc]
            stage.moment(READ_IN_BEFORE, time(9, 30)),
        )
        tell(f"{name}: {counts['created']} members read in.")
    for slug in LISTS:
        made = _ring(stage, slug, people)
        met = stage.done(lambda slug=slug: meet_members(_unit(slug), stage.today, people.organisers[slug]))  # type: ignore[misc]
        seen_to = stage.done(lambda slug=slug: see_to(_unit(slug), stage.today, people.organisers[slug]))  # type: ignore[misc]
        stage.done(lambda slug=slug: _aim_high(stage, slug, people))  # type: ignore[misc]
        tell(f"{slug}: {made} calls made, {met} members met in other ways, {seen_to} follow-ups seen to.")


def _found() -> None:
    load_file(read_units(organisations_csv().encode()), None, current_app.config["SETTINGS"])


def _read_in(stage: Stage, slug: str, path: Path, people: Staff) -> dict[str, int]:
    """Through the real importer, as on the day the list came."""
    read = read_list(path.read_bytes(), path.name, stage.today)
    at = stage.moment(READ_IN_BEFORE, time(9, 30))
    with acting_as(people.organisers[slug]):
        outcome = read_in(read, _unit(slug), path.name, at, account_id=people.organisers[slug])
    return outcome.plan.counts()


def _ring(stage: Stage, slug: str, people: Staff) -> int:
    """A campaign for the district, and every evening its associations have rung so far."""
    by = By(people.organisers[slug], stage.moment(timedelta(days=49), time(19)))
    campaign_id = stage.done(lambda: _campaign(stage, slug, by), by.at)
    lists = stage.done(lambda: [one.id for one in db.session.scalars(lists_of(campaign_id))])
    return sum(_ring_association(stage, one, by, people) for one in lists)


def _aim_high(stage: Stage, slug: str, people: Staff) -> None:
    """What the district's board wants, of itself and of every association."""
    organiser = db.session.get(Account, people.organisers[slug])
    with acting_as(people.organisers[slug]):
        for measure, percent in GOALS.items():
            aim = Aim(percent=percent, due_on=stage.today + RUNS)
            set_goal(_unit(slug), aim, organiser, measure=measure, below=measure is Measure.CONTACTED)


def _campaign(stage: Stage, slug: str, by: By) -> UUID:
    with force_locale("sv"), acting_as(by.account_id):
        draft = CampaignDraft(
            title="Medlemsringning",
            purpose="Alla medlemmar ska få ett samtal: vad de brinner för och vad de vill vara med på.",
            script=default_script(),
            starts_on=by.at.date(),
            ends_on=stage.today + RUNS,
            rules=Rules(tries=TRIES, hours=HOURS[slug]),
            reads_in_survey=True,
        )
        return make_campaign(uuid7(), _unit(slug), draft, by, by.at.date()).id


def _ring_association(stage: Stage, assignment_id: UUID, by: By, people: Staff) -> int:
    """Each evening is a transaction of its own, as it was for those who rang."""

    def begin() -> tuple[str, int]:
        assignment = _assignment(assignment_id)
        slug = assignment.organisation.slug
        if slug in people.responsible:
            set_responsible(assignment, people.responsible[slug])
        on_list = select(func.count(Target.id)).where(Target.assignment_id == assignment_id)
        return slug, db.session.scalar(on_list) or 0

    slug, on_list = stage.done(begin)
    rng = dice("calls", slug)
    nights = nights_of(slug, on_list, stage.today, stage.zone)
    return sum(
        stage.done(lambda night=night: ring_a_night(_assignment(assignment_id), night, by, rng), night.ends)  # type: ignore[misc]
        for night in nights
    )


def _assignment(assignment_id: UUID) -> CallAssignment:
    return db.session.scalars(select(CallAssignment).where(CallAssignment.id == assignment_id)).one()


def _unit(slug: str) -> Organisation:
    return db.session.scalars(organisation_called(slug)).one()
