"""The five places and the people of every role, and how each of them asks for a page."""

import io
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from campaigns.evenings.models import Evening
from campaigns.queue.models import Target
from campaigns.queue.states import TargetState
from organiser.accounts import second_step
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, Role
from organiser.accounts.tokens import new_token
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import here
from organiser.members.models import Member
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.conftest import SECRET
from tests.who_may.furnishing import furnish
from tests.who_may.places import (
    Furnished,
    Place,
    a_call,
    a_contact,
    a_draft,
    a_person,
    a_shift,
    a_sign_in,
    a_trace,
    stored,
)
from tests.who_may.store import Kept
from tests.who_may.table import ARGUMENT, Cell, Row, Who

ZIPPED = b"PK"
HOST = "https://ringlista.example.org"
ROLES = dict(zip(Who, Role, strict=False))  # the table's columns are in the order of the roles
MINE = "mine"  # the form token of whoever asks
TOP = "top"  # an administrator of the whole organisation
REACH = frozenset({Place.OWN, Place.CHILD})


@dataclass(slots=True)
class World:
    """What stands where, as it was before the first question; every question is answered as if the first."""

    app: Framed
    tree: Tree
    rooms: dict[Place, Furnished] = field(default_factory=dict)
    own: dict[Who, dict[str, Any]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    kept: Kept = field(init=False)
    going: bool = False

    def value(self, row: Row, argument: str, place: Place, who: Who) -> Any:
        """What stands in an address. KeyError: a new kind of id; put one in each place."""
        ids = self.rooms[place].ids
        if argument == "token":
            return ids[f"/{row.rule.split('/')[1]} token"]
        if row.cells[who] is Cell.OWN and place is Place.OWN:
            return self.own[who].get(argument) or ids[argument]
        return ids[argument]

    def url(self, row: Row, place: Place, who: Who) -> str:
        """The address of a row for what stands in a place; what is one's own where the table says so."""
        return ARGUMENT.sub(lambda found: str(self.value(row, found[1], place, who)), row.rule)

    def ask(
        self, who: str, method: str, url: str, data: Mapping[str, Any] | None = None, token: str | None = MINE
    ) -> TestResponse:
        """The answer to somebody. ``token``: their own form token, unless another is given, or None."""
        session = self.sessions[who]
        signed = self._signed(session["csrf_token"]) if token == MINE else token
        form = {name: _fresh(value) for name, value in (data or {}).items()}
        if method != "GET" and signed is not None:
            form["csrf_token"] = signed
        client: FlaskClient = self.app.test_client(use_cookies=False)
        options: dict[str, Any] = {"data": form} if method != "GET" else {}
        cookie = {"Cookie": self.cookie(session)}
        answer = client.open(url, method=method, base_url=HOST, headers=cookie, buffered=True, **options)
        if not self.going:
            self.kept.put_back()
        return answer

    @contextmanager
    def as_it_goes(self) -> Iterator[None]:
        """A story of several requests, each of which finds what those before it have done."""
        self.going = True
        try:
            yield
        finally:
            self.going = False
            self.kept.put_back()

    def cookie(self, session: Mapping[str, Any]) -> str:
        """What the browser brings along."""
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        value = serializer.dumps({**session, "seen_at": int(clock.now().timestamp())})
        return f"{self.app.config['SESSION_COOKIE_NAME']}={value}"

    def form_token(self, who: str) -> str:
        """The token that stands in somebody's forms."""
        return self._signed(self.sessions[who]["csrf_token"])

    def _signed(self, raw: str) -> str:
        return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw))


def said_in(answer: TestResponse) -> str:
    """What an answer says, in small letters; of a workbook what stands on its sheets."""
    content = answer.get_data()
    if not content.startswith(ZIPPED):
        return content.decode().lower()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist()).lower()


def build_world(app: Framed) -> World:
    """Everything stored, and kept to be put back."""
    make, at = Builders(app), clock.now()
    tree = make.tree()
    homes = {
        Place.OWN: (tree.tenant_id, tree.district),
        Place.CHILD: (tree.tenant_id, tree.falun),
        Place.PARENT: (tree.tenant_id, tree.root),
        Place.SISTER: (tree.tenant_id, tree.sister_district),
        Place.OTHER: (tree.other_tenant_id, tree.other_association),
    }
    world = World(app, tree)
    for place, (tenant_id, unit_id) in homes.items():
        with make.storing(tenant_id):
            world.rooms[place] = furnish(place, unit_id, at)
    for room in world.rooms.values():
        room.ids["tenant_id"] = tree.other_tenant_id
    with make.storing(tree.tenant_id):
        for asker, role in ROLES.items():
            _employ(world, asker, role, tree.district, at)
            _own_things(world, asker, at)
        _moved_away(world)
        _employ(world, TOP, Role.ADMINISTRATOR, tree.root, at)
    world.sessions[Who.NOBODY] = {"csrf_token": _raw()}
    with app.app_context():
        world.kept = Kept(db.engine)
    return world


def _employ(world: World, asker: str, role: Role, unit_id: UUID, at: datetime) -> None:
    """An account with a password, a phone and one role, signed in."""
    secret = second_step.seal(SECRET, second_step.new_secret())
    name = f"Sam {role.value.title()}"
    account: Account = stored(
        Account(email=f"sam.{asker.lower()}@example.com", name=name, password="x", totp_secret=secret)
    )
    stored(Grant(tenant_id=here(), organisation_id=unit_id, account_id=account.id, role=role))
    token = new_token()
    a_sign_in(account, at, token)
    world.accounts[asker] = account
    world.sessions[asker] = {"sign_in": token, "csrf_token": _raw()}


def _own_things(world: World, asker: Who, at: datetime) -> None:
    """Signed in elsewhere too; who may ring is on a shift and holds a member of their own."""
    account, ids = world.accounts[asker], world.rooms[Place.OWN].ids
    own = world.own[asker] = {
        "sign_in_id": a_sign_in(account, at, new_token()).id,
        "tenant_id": here(),
        "contact_id": a_contact(ids["member_id"], account, at).id,
    }
    if Permission.IMPORT_MEMBERS in ROLES[asker].permissions:
        member = db.session.get_one(Member, (here(), ids["member_id"]))
        own["draft_id"] = a_draft(member.organisation_id, member, account, at, "Egen.csv").id
    if Permission.MAKE_CALLS in ROLES[asker].permissions:
        order = list(Who).index(asker)
        e164 = f"+4670174067{order}"
        member = a_person("Ringd", f"Svarar{order}", world.rooms[Place.OWN].unit_id, f"88{order}", e164)
        target = stored(
            Target(campaign_id=ids["campaign_id"], assignment_id=ids["assignment_id"], member_id=member.id)
        )
        a_shift(db.session.get_one(Evening, (here(), ids["evening_id"])), account)
        own["call_id"] = a_call(target, account, e164, at).id


def _moved_away(world: World) -> None:
    """The sister district's member and the party's own came from here: an old list that was read in and a
    queue remember them still.
    """
    ids = world.rooms[Place.OWN].ids
    for place, state in ((Place.SISTER, TargetState.FLAGGED), (Place.PARENT, TargetState.QUEUED)):
        gone = db.session.get_one(Member, (here(), world.rooms[place].ids["member_id"]))
        a_trace(ids["batch_id"], gone)
        stored(
            Target(
                campaign_id=ids["campaign_id"],
                assignment_id=ids["assignment_id"],
                member_id=gone.id,
                state=state,
            )
        )


def _raw() -> str:
    return secrets.token_hex(20)


def _fresh(value: Any) -> Any:
    """A form's value; of a file (bytes and name) a stream that can be read once more."""
    if isinstance(value, list):
        return [_fresh(one) for one in value]
    if isinstance(value, tuple):
        content, name = value
        return io.BytesIO(content), name
    return value
