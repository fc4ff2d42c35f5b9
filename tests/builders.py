"""Makes what a story needs, with sensible invented values, at one fixed moment."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from organiser.accounts.models import Account, Grant, SignIn
from organiser.accounts.permissions import Role
from organiser.accounts.tokens import hash_token
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.core.text import search_key, sort_key
from organiser.members.kinds import PhoneKind
from organiser.members.models import Member, PhoneNumber
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.web.frame import Framed

NOON = datetime(2024, 3, 1, 11, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tree:
    """Ids of the units most stories need. ``other_*`` belong to a neighbour tenant."""

    tenant_id: int
    root: UUID
    district: UUID
    falun: UUID
    borlange: UUID
    sister_district: UUID
    sundsvall: UUID
    other_tenant_id: int
    other_root: UUID
    other_association: UUID


class Builders:
    """Each method stores what it makes and returns it, readable without the database."""

    def __init__(self, app: Framed) -> None:
        self.app = app
        self._numbers = itertools.count(20000)
        self._phones = itertools.cycle(f"+46701740{n}" for n in range(605, 700))

    @contextmanager
    def storing(self, tenant_id: int | None) -> Iterator[None]:
        """An application context inside a tenant, committed at its end."""
        with self.app.app_context(), inside(tenant_id):
            yield
            db.session.commit()

    def tenant(self, slug: str = "partiet", name: str = "Partiet") -> tuple[int, UUID]:
        """A root organisation; gives the tenant's and the root unit's id."""
        with self.storing(None):
            tenant = Tenant(slug=slug)
            db.session.add(tenant)
            db.session.flush()
            tenant_id = tenant.id
        return tenant_id, self.unit(tenant_id, None, name, OrgKind.PARTY, slug=slug)

    def unit(
        self,
        tenant_id: int,
        parent_id: UUID | None,
        name: str,
        kind: OrgKind = OrgKind.ASSOCIATION,
        slug: str | None = None,
    ) -> UUID:
        """A unit under another; gives its id."""
        with self.storing(tenant_id):
            parent = db.session.get(Organisation, (tenant_id, parent_id)) if parent_id else None
            unit_id = uuid7()
            unit = Organisation(
                id=unit_id,
                parent_id=parent_id,
                slug=slug or f"{name.lower()}-{unit_id.hex[-6:]}",
                name=name,
                kind=kind,
                path=f"{parent.path if parent else '/'}{unit_id.hex}/",
                sort_key=sort_key(name, ""),
            )
            db.session.add(unit)
        return unit_id

    def tree(self) -> Tree:
        """The party of most stories."""
        tenant_id, root = self.tenant()
        district = self.unit(tenant_id, root, "Dalarna", OrgKind.DISTRICT, slug="dalarna")
        sister = self.unit(tenant_id, root, "Västernorrland", OrgKind.DISTRICT, slug="vasternorrland")
        other_id, other_root = self.tenant("grannen", "Grannen")
        return Tree(
            tenant_id=tenant_id,
            root=root,
            district=district,
            falun=self.unit(tenant_id, district, "Falun", slug="dalarna-falun"),
            borlange=self.unit(tenant_id, district, "Borlänge", slug="dalarna-borlange"),
            sister_district=sister,
            sundsvall=self.unit(tenant_id, sister, "Sundsvall", slug="vasternorrland-sundsvall"),
            other_tenant_id=other_id,
            other_root=other_root,
            other_association=self.unit(other_id, other_root, "Granby", slug="granby"),
        )

    def member(self, tenant_id: int, organisation_id: UUID, **values: Any) -> Member:
        """A member with a number to ring, unless ``phone=None``."""
        phone = values.pop("phone", next(self._phones))
        given = {"first_name": "Åsa", "last_name": "Öberg", "number": f"{next(self._numbers):07}", **values}
        keys = {
            "search_key": search_key(given["first_name"], given["last_name"]),
            "sort_key": sort_key(given["last_name"], given["first_name"]),
        }
        with self.storing(tenant_id):
            member = Member(organisation_id=organisation_id, **keys, **given)
            db.session.add(member)
            db.session.flush()
            if phone:
                db.session.add(PhoneNumber(member_id=member.id, e164=phone, kind=PhoneKind.MOBILE))
        return member

    def account(
        self, tenant_id: int, *grants: tuple[Role, UUID], email: str | None = None, **values: Any
    ) -> Account:
        """Somebody who may sign in, with roles in units."""
        with self.storing(tenant_id):
            account = Account(
                email=email or f"{uuid4().hex[:8]}@example.org",
                name=values.pop("name", "Kim Ek"),
                **values,
            )
            db.session.add(account)
            db.session.flush()
            db.session.add_all(
                Grant(tenant_id=tenant_id, organisation_id=unit, role=role, account_id=account.id)
                for role, unit in grants
            )
        return account

    def sign_in(self, client: FlaskClient, account: Account, tenant_id: int) -> FlaskClient:
        """Let a browser in without the sign-in page: stores the sign-in and sets the cookie."""
        token, at = secrets.token_urlsafe(32), clock.now()
        with self.storing(None):
            db.session.add(
                SignIn(
                    token_hash=hash_token(token),
                    account_id=account.id,
                    tenant_id=tenant_id,
                    second_step=True,
                    ends_at=at + timedelta(hours=10),
                )
            )
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        value = serializer.dumps({"sign_in": token, "seen_at": int(at.timestamp())})
        client.set_cookie(
            self.app.config["SESSION_COOKIE_NAME"], value, domain="ringlista.example.org", secure=True
        )
        return client


__all__ = ["NOON", "Builders", "Tree"]
