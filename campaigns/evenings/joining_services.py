"""Let a caller in: a personal link once, and the evening's code, give an account for one shift."""

from datetime import datetime

from campaigns.evenings import joining_queries as queries
from campaigns.evenings.joining_rules import MOST_WRONG_CODES, Door, door_of
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


def join(invitation: Invitation, name: str, code: str, browser: str, at: datetime) -> Shift:
    """Let somebody in once, with the evening's ``code``; their sign-in ends with the shift.

    ``browser`` is a secret of the browser's cookie: the one that used the link may come in again while its
    shift lasts (a double tap, an answer lost on its way), as the same caller. Raises ``DoorClosed``, and
    ``WrongCode`` when the try has been counted.
    """
    db.session.refresh(invitation, with_for_update=True)
    door = door_of(invitation, invitation.evening, at)
    shift = shift_to_return_to(invitation, browser, at)
    if door is not Door.OPEN and shift is None:
        raise DoorClosed(door)
    if not is_code(code, code_now(invitation.evening)):
        invitation.wrong_codes += 1
        db.session.flush()
        raise WrongCode(MOST_WRONG_CODES - invitation.wrong_codes)
    if shift is None:
        shift = _first_time(invitation, name, browser, at)
    else:
        end_sign_ins(shift.account)
    start_sign_in(shift.account, here(), shift.ends_at)
    return shift


def shift_to_return_to(invitation: Invitation, browser: str, at: datetime) -> Shift | None:
    """The shift this very browser began with the link, if it still lasts."""
    door = door_of(invitation, invitation.evening, at)
    if door is not Door.USED or not browser or invitation.browser_hash != hash_token(browser):
        return None
    shift = db.session.scalar(queries.shift_of(invitation.id))
    return shift if shift and shift.ended_at is None and shift.ends_at > at else None


def _first_time(invitation: Invitation, name: str, browser: str, at: datetime) -> Shift:
    """Use the link up: an account without e-mail or password, caller of this one association."""
    evening = invitation.evening
    account = new_account(name)
    with acting_as(account.id, acting().request_id):
        give_role(account, evening.assignment.organisation_id, Role.CALLER)
        shift = Shift(
            evening_id=evening.id,
            assignment_id=evening.assignment_id,
            invitation_id=invitation.id,
            account_id=account.id,
            starts_at=at,
            ends_at=evening.ends_at,
        )
        db.session.add(shift)
        invitation.used_at, invitation.browser_hash = at, hash_token(browser)
        db.session.flush()
    shift.account = account
    return shift
