"""The administrators' pages: close and reopen an account, help with a lost password or phone."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from organiser.accounts import managing
from organiser.accounts.blueprints import people
from organiser.accounts.guard import requires
from organiser.accounts.people_found import hand_over, last_one, roles_of, told, wholly_ours
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.i18n import _


@people.post("/<uuid:account_id>/close")
@requires(Permission.MANAGE_ACCOUNTS)
def close(account_id: UUID) -> ResponseReturnValue:
    """Let somebody in no more."""
    person = wholly_ours(account_id)
    try:
        managing.close(person)
    except managing.LastAdministrator:
        return told(person, last_one(), "error")
    return told(person, _("The account is closed and signed out everywhere."))


@people.post("/<uuid:account_id>/reopen")
@requires(Permission.MANAGE_ACCOUNTS)
def reopen(account_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    person = wholly_ours(account_id)
    managing.reopen(person)
    return told(person, _("The account is open again."))


@people.post("/<uuid:account_id>/link")
@requires(Permission.MANAGE_ACCOUNTS)
def link(account_id: UUID) -> ResponseReturnValue:
    """A new link to make a password: an invitation again, or a reset."""
    person = wholly_ours(account_id)
    if person.password is None:
        unit = roles_of([person.id])[person.id][0][1]
        address = managing.invite_again(person, unit, clock.now())
    else:
        address = managing.start_reset(person, clock.now())
    return hand_over(person, address) if address else told(person, _("A letter with a link is on its way."))


@people.post("/<uuid:account_id>/second-step/end")
@requires(Permission.MANAGE_ACCOUNTS)
def forget_phone(account_id: UUID) -> ResponseReturnValue:
    """For a lost phone without recovery codes: the second step is set up anew at the next sign-in."""
    person = wholly_ours(account_id)
    managing.forget_phone(person)
    return told(person, _("The phone is forgotten. At the next sign-in they set up a new one."))
