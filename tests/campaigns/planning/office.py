"""An organiser at their desk: pages opened, forms filled in as the page fills them and sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.permissions import Role
from organiser.core.database import db
from tests.builders import Builders, Tree
from tests.page import get, post
from tests.who_may.forms import forms_of


@dataclass(frozen=True, slots=True)
class Office:
    """Samira organises Dalarna and is signed in."""

    make: Builders
    tree: Tree
    client: FlaskClient

    def count(self, what: type) -> int:
        with self.make.storing(self.tree.tenant_id):
            return db.session.scalar(select(func.count()).select_from(what)) or 0

    def as_(self, role: Role, unit: UUID, **values: Any) -> FlaskClient:
        account = self.make.account(self.tree.tenant_id, (role, unit), **values)
        return self.make.sign_in(self.client, account, self.tree.tenant_id)

    def filled(self, url: str, having: str, **changes: Any) -> dict[str, Any]:
        """The form of a page that has a field ``having``, as it stands, with ``changes`` over it; sent by
        the button that does the deed.
        """
        forms = forms_of(get(self.client, url).text, url)
        form = next(form for form in forms if having in form.values)
        return form.filled(**{"do": "", **changes})

    def send(self, url: str, having: str, status: int = 303, **changes: Any) -> TestResponse:
        return post(self.client, url, self.filled(url, having, **changes), status)

    def make_campaign(self, url: str = "/campaigns/new", **changes: Any) -> Campaign:
        """What the page of a new campaign makes as it stands, with these changes."""
        before = self.ids()
        self.send(url, "title", **changes)
        (made,) = self.ids() - before
        with self.make.storing(self.tree.tenant_id):
            found: Campaign = db.session.scalars(select(Campaign).where(Campaign.id == made)).one()
        return found

    def ids(self) -> set[UUID]:
        with self.make.storing(self.tree.tenant_id):
            return set(db.session.scalars(select(Campaign.id)))

    def units_of(self, campaign: Campaign) -> set[UUID]:
        """The associations that have a list in it."""
        lists = select(CallAssignment.organisation_id).where(CallAssignment.campaign_id == campaign.id)
        with self.make.storing(self.tree.tenant_id):
            return set(db.session.scalars(lists))
