"""Short ways in to a demonstration, one per role. The routes exist only where the people are invented."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from organiser.accounts.guard import public
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Role
from organiser.accounts.services import start_sign_in
from organiser.core.database import db
from organiser.web.frame import see_other

PREFIX = "/demo"
demo = Blueprint("demo", __name__, url_prefix=PREFIX)


def demo_email(role: Role) -> str:
    """The address of the invented person who holds a role."""
    return f"{role.value}@ringlista.example"


def demo_address(public_url: str, role: Role) -> str:
    """The whole address of the short way in, for the command that made the demonstration to print."""
    return f"{public_url}{PREFIX}/{role.value}"


@demo.get("/")
@public
def index() -> ResponseReturnValue:
    """Every way in."""
    return render_template("accounts/demo.html", roles=[role for role in Role if _found(role)])


@demo.get("/<role>")
@public
def ask(role: str) -> ResponseReturnValue:
    """One button, since opening a page signs nobody in."""
    return render_template("accounts/demo.html", roles=[_role(role)])


@demo.post("/<role>")
@public
def enter(role: str) -> ResponseReturnValue:
    """Sign in as the invented person who holds this role."""
    account = _found(_role(role))
    if account is None or not account.tenant_ids:
        abort(404)
    start_sign_in(account, account.tenant_ids[0], second_step=True)
    return see_other("/")


def _role(name: str) -> Role:
    if name not in set(Role):
        abort(404)
    return Role(name)


def _found(role: Role) -> Account | None:
    return db.session.scalars(_invented(role)).first()


def _invented(role: Role) -> Select[Account]:
    """Invented people of a role: an address that begins with the role's name and can belong to nobody."""
    return (
        select(Account)
        .join(Grant)
        .where(
            Account.email.startswith(f"{role.value}@"),
            Account.email.endswith(".example"),
            Account.active.is_(True),
            Grant.role == role,
        )
        .order_by(Account.created_at, Account.id)
    )
