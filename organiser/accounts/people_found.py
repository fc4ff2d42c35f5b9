"""Find the people an administrator may do something about, and answer when it is done."""

from collections import defaultdict
from uuid import UUID

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from organiser.accounts import people_queries
from organiser.accounts.current import current_account
from organiser.accounts.models import Account, Grant
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.frame import see_other


def found(account_id: UUID) -> Account:
    """Somebody with a role in one's scope; else 404."""
    account: Account = db.one_or_404(still_ours(account_id))
    return account


def still_ours(account_id: UUID) -> Select[Account]:
    """Nobody, once their last role here is gone."""
    return people_queries.person(current_account(), account_id)


def wholly_ours(account_id: UUID) -> Account:
    """Somebody all of whose roles lie in one's scope; one with roles elsewhere is for others to shut out."""
    person = found(account_id)
    if not is_ours(person):
        abort(403)
    return person


def is_ours(person: Account) -> bool:
    """Whether every role of theirs lies in one's scope."""
    return len(roles_of([person.id])[person.id]) == len(person.grants)


def roles_of(ids: list[UUID]) -> dict[UUID, list[tuple[Grant, str]]]:
    """Account to grants in one's scope, each with its unit's name."""
    held: dict[UUID, list[tuple[Grant, str]]] = defaultdict(list)
    for grant, unit in db.session.execute(people_queries.grants_of(current_account(), ids)):
        held[grant.account_id].append((grant, unit))
    return held


def hand_over(person: Account, address: str) -> ResponseReturnValue:
    """The link, shown this once."""
    return render_template("accounts/hand_over.html", person=person, address=address)


def told(person: Account, text: str, kind: str = "message") -> ResponseReturnValue:
    """Back to the person's page with a word."""
    flash(text, kind)
    return see_other(page_of_person(person))


def page_of_person(person: Account) -> str:
    """Where somebody's roles and account are."""
    return url_for("people.show", account_id=person.id)


def last_one() -> str:
    """Why the last administrator stays."""
    return str(_("Somebody must be left who can let people in. Make somebody else administrator first."))
