"""Who reads a page of numbers, and what they may do where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from organiser.accounts.current import current_account
from organiser.accounts.permissions import Permission, Role
from organiser.orgs.models import Organisation
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class Reader:
    """``unit_id`` and ``path``: the unit looked at, ``at`` when; ``held``: the path of each unit where they
    hold a role, and the role.
    """

    unit_id: UUID
    path: str
    at: datetime
    held: tuple[tuple[str, Role], ...]

    @property
    def today(self) -> date:
        return self.at.astimezone(zone()).date()

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Whether they may do it in the unit they look at, or in the one with that path."""
        where = path or self.path
        return any(where.startswith(top) and permission in role.permissions for top, role in self.held)

    @property
    def sees_members(self) -> bool:
        return self.may(Permission.SEE_MEMBERS)


def reader_of(unit: Organisation, at: datetime, units: Iterable[Organisation]) -> Reader:
    """Whoever is signed in, looking at ``unit``; ``units`` hold those where they have a role."""
    paths = {each.id: each.path for each in units}
    grants = current_account().grants
    held = [(paths[grant.organisation_id], grant.role) for grant in grants if grant.organisation_id in paths]
    return Reader(unit.id, unit.path, at, tuple(held))
