"""A party of any size with a year behind it, poured in past the services and then counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from ringing.database import a_database
from sqlalchemy import delete, select

from campaigns.app import create_app
from campaigns.queue.counting import Stand, note_places
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState, Turn
from campaigns.totals.filling import fill_where_never_counted, settle_everybody
from campaigns.totals.models import COUNTS, Total, TotalDay
from organiser.accounts.models import Account
from organiser.config import read_settings
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.kinds import PhoneKind
from organiser.members.models import Member, PhoneNumber
from organiser.orgs import services as orgs
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.orgs.setting import know_tenant
from organiser.web.command import bring_up_to_date
from organiser.web.frame import Framed, in_one_transaction

R = TypeVar("R")
BATCH = 20_000
CALLS = 100_000  # at a time
A_DISTRICT = 15  # associations
CROWD = 2_000  # members at most that the first association has beside its share: sixteen ring there at once
YEAR = 365
HOURS_BACK = 12 * 7 * 24
ENDINGS = (
    [Outcome.NO_ANSWER] * 9
    + [Outcome.TALKED] * 6
    + [Outcome.VOICEMAIL, Outcome.TALKED_CALL_BACK, Outcome.WRONG_NUMBER, Outcome.LEFT_MESSAGE]
)


class BenchRegister:
    """The application, its tenant, and what has been poured in."""

    def __init__(self, app: Framed) -> None:
        self.app = app
        self.tenant_id = self.do(_found)
        self.lists: list[tuple[UUID, UUID]] = []  # association and its assignment
        self.targets: list[tuple[UUID, UUID]] = []  # member and target
        self.members = 0
        self.campaign_id = self.caller_id = UUID(int=0)
        self.rng = Random(1)  # noqa: S311  # the same register every time, not a secret

    def do(self, work: Callable[[], R]) -> R:
        """One transaction in the tenant, in a context of its own, so that any thread may."""
        with self.app.app_context(), inside(getattr(self, "tenant_id", None)):
            return in_one_transaction(lambda: self._as_the_frame(work))

    @staticmethod
    def _as_the_frame(work: Callable[[], R]) -> R:
        """What every request knows of its tenant, then the work."""
        know_tenant()
        return work()

    def furnish(self, members: int, associations: int) -> None:
        """The units with a call list each, and the members on them."""
        self.members = members
        self.do(lambda: self._plant(associations))
        for start in range(0, members, BATCH):
            self.do(lambda start=start: self._pour_members(start, min(BATCH, members - start)))  # type: ignore[misc]  # mypy cannot infer it

    def ring(self, calls: int) -> None:
        """So many reported calls more, over the last twelve weeks."""
        for start in range(0, calls, CALLS):
            self.do(lambda start=start: self._pour_calls(min(CALLS, calls - start)))  # type: ignore[misc]  # as above
        with self.app.app_context():
            db.engine.dispose()  # whoever measures has a connection as the product opens it

    def count(self) -> None:
        """Count everybody, and let a year of days lie behind the totals."""
        with self.app.app_context():
            fill_where_never_counted()
        self.do(_keep_a_year)
        self._look()

    def count_again(self) -> None:
        """Count everybody once more: calls were poured in past the services."""
        self.do(lambda: settle_everybody(db.session()))
        self._look()

    def _look(self) -> None:
        if self.engine == "postgresql":  # looks by itself after a while
            with self.app.app_context(), db.engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")

    @property
    def engine(self) -> str:
        """Which one this is."""
        with self.app.app_context():
            return db.engine.dialect.name

    def _plant(self, associations: int) -> None:
        root = db.session.scalars(select(Organisation)).one()
        at = clock.now()
        caller = Account(email="caller@example.org", name="Kim Ek")
        campaign = Campaign(
            organisation_id=root.id,
            title="Ringning",
            starts_on=at.date() - timedelta(days=90),
            ends_on=at.date() + timedelta(days=90),
        )
        db.session.add_all([caller, campaign])
        db.session.flush()
        self.caller_id, self.campaign_id = caller.id, campaign.id
        for place in range(associations):
            if place % A_DISTRICT == 0:
                district = orgs.add_unit(root, f"Distrikt {place // A_DISTRICT}", OrgKind.DISTRICT)
            unit = orgs.add_unit(district, f"Ort {place}", OrgKind.ASSOCIATION)
            assignment = CallAssignment(campaign_id=campaign.id, organisation_id=unit.id)
            db.session.add(assignment)
            db.session.flush()
            self.lists.append((unit.id, assignment.id))

    def _pour_members(self, start: int, count: int) -> None:
        rows = [(uuid7(), uuid7(), start + number) for number in range(count)]
        crowd = min(CROWD, self.members // 10)
        homes = [self.lists[max(0, number - crowd) % len(self.lists)] for _, _, number in rows]
        at = clock.now()
        add_rows(
            db.session(),
            Member,
            [
                {
                    "id": member,
                    "organisation_id": unit,
                    "number": f"B{number}",
                    "birth_year": 1940 + number % 75,
                }
                for (member, _, number), (unit, _) in zip(rows, homes, strict=True)
            ],
        )
        add_rows(
            db.session(),
            PhoneNumber,
            [
                {"member_id": member, "e164": f"+4670{10_000_000 + n}", "kind": PhoneKind.MOBILE}
                for member, _, n in rows
            ],
        )
        shared = {
            "campaign_id": self.campaign_id,
            "state": TargetState.QUEUED,
            "turn": Turn.NEW,
            "due_at": at,
        }
        add_rows(
            db.session(),
            Target,
            [
                {"id": target, "member_id": member, "assignment_id": assignment, **shared}
                for (member, target, _), (_, assignment) in zip(rows, homes, strict=True)
            ],
        )
        note_places(db.session(), ((None, Stand(on, TargetState.QUEUED)) for _, on in homes))
        self.targets += [(member, target) for member, target, _ in rows]

    def _pour_calls(self, count: int) -> None:
        if self.engine == "sqlite":  # room for the pages of all its indexes
            db.session.connection().exec_driver_sql("PRAGMA cache_size = -400000")
        add_rows(db.session(), Call, list(self._calls(clock.now(), count)))

    def _calls(self, now: datetime, count: int) -> Iterator[dict[str, Any]]:
        """In the order of members, so that an index takes them in the order it stands in."""
        for member_id, target_id in sorted(self.rng.choices(self.targets, k=count), key=_target):
            at = now - timedelta(hours=self.rng.randrange(1, HOURS_BACK))
            yield {
                "target_id": target_id,
                "member_id": member_id,
                "caller_id": self.caller_id,
                "e164": "+46701740605",
                "taken_at": at,
                "lease_until": at,
                "outcome": self.rng.choice(ENDINGS),
                "reported_at": at,
            }


def _target(one: tuple[UUID, UUID]) -> int:
    return one[1].int


def _found() -> int:
    root = orgs.found_tenant("partiet", "Partiet", OrgKind.PARTY, time_zone="Europe/Stockholm", language="sv")
    return root.tenant_id


def _keep_a_year() -> None:
    """As many kept days as a year of changes every day leaves, each a little less than the next."""
    session = db.session()
    session.execute(delete(TotalDay))
    totals = session.execute(select(Total.id, Total.on, *(getattr(Total, name) for name in COUNTS))).all()
    for unit_id, on, *numbers in totals:
        add_rows(
            session,
            TotalDay,
            [
                {
                    "organisation_id": unit_id,
                    "on": on - timedelta(days=back),
                    **{name: n * (YEAR - back) // YEAR for name, n in zip(COUNTS, numbers, strict=True)},
                }
                for back in range(1, YEAR)
            ],
        )


@contextmanager
def fresh_register(folder: Path, database_url: str | None) -> Iterator[BenchRegister]:
    """An application with an empty register, gone afterwards."""
    with a_database(database_url) as url:
        app = create_app(read_settings(data_dir=folder, database_url=url))
        bring_up_to_date(app)
        yield BenchRegister(app)
        with app.app_context():
            db.engine.dispose()
