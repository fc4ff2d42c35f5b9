"""Let a caller in: a personal link once, and the evening's code, give an account for one shift."""

from datetime import datetime

from campaigns.evenings import joining_queries as queries
from campaigns.evenings.joining_rules import Door, door_of, most_wrong, new_link_token
from campaigns.evenings.models import Invitation, Shift
from campaigns.evenings.rules import is_code
from campaigns.evenings.services import code_now
from organiser.accounts.permissions import Role
from organiser.accounts.services import end_sign_ins, give_role, new_account, start_sign_in
from organiser.accounts.tokens import hash_token
from organiser.audit.acting import acting, acting_as
from organiser.core.database import db
from organiser.core.tenancy import here


class WrongCode(ValueError):
    """Counted: commit also then. ``left``: tries the link has yet."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


class DoorClosed(Exception):
    """The link opens nothing just now; ``door`` says why."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.value)
        self.door = door


def join(
    invitation: Invitation, name: str, code: str, browser: str, at: datetime, own_number: str = ""
) -> Shift:
    """Let somebody in once, with the evening's ``code``; their sign-in ends with the shift.

    ``own_number`` (E.164) is never given to them to ring. ``browser`` is a secret of the browser's cookie:
    the one that used the link may come in again while its shift lasts (a double tap, an answer lost on its
    way), as the same caller. Raises ``DoorClosed``, and ``WrongCode`` when the try has been counted.
    """
    db.session.refresh(invitation, with_for_update=True)
    door = door_of(invitation, invitation.evening, at)
    shift = shift_to_return_to(invitation, browser, at)
    if door is not Door.OPEN and shift is None:
        raise DoorClosed(door)
    if not is_code(code, code_now(invitation.evening)):
        invitation.wrong_codes += 1
        db.session.flush()
        raise WrongCode(most_wrong(invitation) - invitation.wrong_codes)
    if shift is None:
        own = _own_invitation(invitation, at) if invitation.shared else invitation
        shift = _first_time(own, name, browser, at, own_number)
    else:
        end_sign_ins(shift.account)
    start_sign_in(shift.account, here(), shift.ends_at)
    return shift


def shift_to_return_to(invitation: Invitation, browser: str, at: datetime) -> Shift | None:
    """The shift this very browser began with the link, if it still lasts."""
    if not browser:
        return None
    used = db.session.scalar(queries.used_by(invitation, hash_token(browser)))
    if used is None or door_of(used, invitation.evening, at) is not Door.USED:
        return None
    shift = db.session.scalar(queries.shift_of(used.id))
    return shift if shift and shift.ended_at is None and shift.ends_at > at else None


def _own_invitation(shared: Invitation, at: datetime) -> Invitation:
    """One of their own for somebody who came by the link on the wall; nobody knows an address for it."""
    own = Invitation(
        evening_id=shared.evening_id,
        token_hash=hash_token(new_link_token(here())),
        wrong_codes=0,
        shared=False,
        created_at=at,
    )
    db.session.add(own)
    db.session.flush()
    own.evening = shared.evening
    return own


def _first_time(invitation: Invitation, name: str, browser: str, at: datetime, own_number: str) -> Shift:
    """Use the link up: an account without e-mail or password, caller of this one association."""
    evening = invitation.evening
    account = new_account(name)
    with acting_as(account.id, acting().request_id):
        give_role(account, evening.unit.id, Role.CALLER)
        shift = Shift(
            evening_id=evening.id,
            assignment_id=evening.assignment_id,
            invitation_id=invitation.id,
            whole_campaign=evening.whole_campaign,
            own_number=own_number,
            account_id=account.id,
            starts_at=at,
            ends_at=evening.ends_at,
        )
        db.session.add(shift)
        invitation.used_at, invitation.browser_hash = at, hash_token(browser)
        invitation.name = invitation.name or name
        db.session.flush()
    shift.account = account
    return shift
