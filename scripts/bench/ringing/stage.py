"""What the evening is rung in: units, members and campaigns made through the product's services."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from campaigns.app import create_app
from campaigns.evenings.models import Evening
from campaigns.evenings.services import code_now, end_evening, invite, start_evening
from campaigns.planning.services import CampaignDraft, make_campaign
from campaigns.queue.models import CallAssignment
from campaigns.queue.opening import ALWAYS
from campaigns.queue.rules import Rules
from organiser.config import read_settings
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.services import By
from organiser.orgs import services as orgs
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.web.command import bring_up_to_date
from organiser.web.frame import in_one_transaction
from ringing.members import member_list

R = TypeVar("R")
ASSOCIATIONS = ("Avesta", "Borlänge", "Falun", "Ludvika")
CAMPAIGNS = ("Medlemsringning", "Valspurt")
EVENING, NIGHT = timedelta(hours=10), timedelta(hours=21)
SCRIPT = (
    "## Börja\n\nHej, jag heter {caller} och ringer från {association}.\n\n## Fråga\n\nHur är det?\n\n## Tack"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A caller's way in: the page to open, the code to say there."""

    path: str
    code: str


class Stage:
    """The bench's own application on the database that the server uses."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        self.app = create_app(read_settings(data_dir=folder, database_url=database_url))
        self.tenant_id = 0
        self.lists: list[UUID] = []
        self._evenings: dict[UUID, UUID] = {}
        self._links: dict[UUID, list[Link]] = {}
        self._turn = threading.Lock()

    def furnish(self, members: int) -> None:
        """The units, so many members read in from a file, and their lists in two campaigns."""
        bring_up_to_date(self.app)
        self.tenant_id = self.do(_found)
        self.do(lambda: _read_in(members))
        for title in CAMPAIGNS:
            self.do(lambda title=title: _campaign(title))  # type: ignore[misc]  # mypy cannot infer it
        self.lists = self.do(lambda: list(db.session.scalars(select(CallAssignment.id))))

    def link(self, assignment_id: UUID) -> Link:
        """A way in to an evening of the list that lasts a while yet; one is started where there is none."""
        with self._turn:
            if not self._links.get(assignment_id):
                self._links[assignment_id] = self.do(lambda: self._invite(assignment_id))
            return self._links[assignment_id].pop()

    def end_evening(self, assignment_id: UUID) -> None:
        """As the organiser does it: whoever rings is put out, and whom they held goes back."""
        with self._turn:
            self._links.pop(assignment_id, None)
            evening_id = self._evenings.pop(assignment_id, None)
            if evening_id is not None:
                self.do(lambda: end_evening(_evening(evening_id), clock.now()))

    def settle(self) -> None:
        """Let the engine look at what has been poured in; PostgreSQL does so by itself after a while."""
        with self.app.app_context(), db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "postgresql" else "SELECT 1")

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()

    def _invite(self, assignment_id: UUID) -> list[Link]:
        at = clock.now()
        known = self._evenings.get(assignment_id)
        evening = _evening(known) if known else None
        if evening is None or evening.ended_at or evening.ends_at < at + EVENING / 4:
            assignment = db.session.scalars(
                select(CallAssignment).where(CallAssignment.id == assignment_id)
            ).one()
            evening = start_evening(uuid7(), assignment, at, at + EVENING, By(None, at))
            self._evenings[assignment_id] = evening.id
        invited = invite(evening, uuid7(), ["Kim"] * 20, at)
        return [Link(f"/join/{one.token}", code_now(evening)) for one in invited]

    def do(self, work: Callable[[], R]) -> R:
        """One transaction in the tenant, in a context of its own, so that any thread may."""
        with self.app.app_context(), inside(self.tenant_id or None):
            return in_one_transaction(work)


def _found() -> int:
    root = orgs.found_tenant("partiet", "Partiet", OrgKind.PARTY, time_zone="Europe/Stockholm", language="sv")
    with inside(root.tenant_id):
        district = orgs.add_unit(root, "Dalarna", OrgKind.DISTRICT)
        for name in ASSOCIATIONS:
            orgs.add_unit(district, name, OrgKind.ASSOCIATION)
    return root.tenant_id


def _read_in(count: int) -> None:
    at = clock.now()
    read = read_list(member_list(count, list(ASSOCIATIONS)), "list.csv", at.date())
    done = read_in(read, _unit(OrgKind.PARTY), "list.csv", at)
    created = done.plan.counts()["created"]
    if created != count:
        raise RuntimeError(f"only {created} of {count} members were read in")


def _campaign(title: str) -> None:
    at = clock.now()
    draft = CampaignDraft(
        title=title,
        purpose="",
        script=SCRIPT,
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=365),
        rules=Rules(hours=ALWAYS),
    )
    make_campaign(uuid7(), _unit(OrgKind.DISTRICT), draft, By(None, at), at.date())


def _unit(kind: OrgKind) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.kind == kind)).one()


def _evening(evening_id: UUID) -> Evening:
    return db.session.scalars(select(Evening).where(Evening.id == evening_id)).one()
