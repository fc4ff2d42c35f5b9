"""The door callers come in through: a personal link, a name, and the code the organiser says aloud."""

import secrets
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import joining_queries as queries
from campaigns.evenings.joining_forms import JoinForm
from campaigns.evenings.joining_rules import Door, door_of, most_wrong, tenant_in
from campaigns.evenings.joining_services import DoorClosed, WrongCode, join, shift_to_return_to
from campaigns.evenings.models import Invitation, Shift
from campaigns.evenings.queries import lists_of
from campaigns.evenings.thanks import thanks_for
from campaigns.evenings.words import last_call_at
from organiser.accounts.current import present
from organiser.accounts.guard import public
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import enter
from organiser.orgs.setting import know_tenant
from organiser.web.frame import see_other

blueprint = Blueprint("joining", __name__)
GONE, UNPROCESSABLE = 410, 422


@blueprint.get("/join/<token>")
@public
def door(token: str) -> ResponseReturnValue:
    """What it is about, and the way in. Looking uses nothing up: a mail scanner may."""
    invitation = _invitation(token)
    if _is_in(invitation):
        return redirect(url_for("calling.index"), 303)
    _note_browser()
    form = JoinForm(formdata=None, data={"name": invitation.name})
    return _page(invitation, form)


@blueprint.post("/join/<token>")
@public
def come_in(token: str) -> ResponseReturnValue:
    """Let in, once, whoever knows the code."""
    invitation = _invitation(token)
    if _is_in(invitation):
        return see_other(url_for("calling.index"))
    form = JoinForm()
    if not form.validate_on_submit():
        return _page(invitation, form, UNPROCESSABLE)
    browser = _note_browser()
    try:
        said = form.name.data or "", form.code.data or ""
        shift = join(invitation, *said, browser, clock.now(), form.own)
    except DoorClosed:
        return _page(invitation, form)
    except WrongCode as refusal:
        if refusal.left <= 0:
            return _closed(invitation, Door.GUESSED)
        form.refuse_code(refusal.left)
        return _page(invitation, form, UNPROCESSABLE)
    session["door"] = {
        "browser": browser,
        "after": url_for("joining.after"),
        "tenant": shift.tenant_id,
        "invitation": str(shift.invitation_id),
    }
    return see_other(url_for("calling.index"))


@blueprint.get("/shift-over")
@public
def after() -> ResponseReturnValue:
    """Thanks, when the shift is over; or how to come back, when one was away for long."""
    shift = _last_shift()
    if shift is None:
        return _farewell(render_template("evenings/after.html", shift=None))
    g.language = shift.account.language
    at, began = clock.now(), shift.evening.starts_at
    lasts = shift.ended_at is None and shift.ends_at > at
    thanks = thanks_for(lists_of(shift.evening), shift.account_id, began, at)
    page = render_template("evenings/after.html", shift=shift, lasts=lasts, thanks=thanks)
    return page if lasts else _farewell(page)


def _farewell(page: str) -> ResponseReturnValue:
    """The last page of a shift: nothing of ours is left in the browser."""
    return page, {"Clear-Site-Data": '"cache", "storage"'}


def _invitation(token: str) -> Invitation:
    """The invitation with this link, its tenant entered; 404 where there is none."""
    tenant_id = tenant_in(token)
    if tenant_id is None or db.session.scalar(queries.tenant(tenant_id)) is None:
        abort(404)
    enter(tenant_id)
    know_tenant()
    found: Invitation = db.one_or_404(queries.invitation_of(token))
    return found


def _is_in(invitation: Invitation) -> bool:
    """Whether this browser is signed in by this very link already."""
    here = present()
    kept: dict[str, Any] = session.get("door") or {}
    came_by = invitation.id if not invitation.shared else UUID(kept.get("invitation", str(invitation.id)))
    shift = db.session.scalar(queries.shift_of(came_by)) if here else None
    return here is not None and shift is not None and shift.account_id == here.account.id


def _note_browser() -> str:
    """A secret of this browser's cookie, made at its first sight of a door."""
    kept: dict[str, Any] = session.get("door") or {}
    browser = kept.get("browser") or session.get("at_door") or secrets.token_urlsafe(16)
    if not kept:
        session["at_door"] = browser
    return str(browser)


def _page(invitation: Invitation, form: JoinForm, status: int = 200) -> ResponseReturnValue:
    at = clock.now()
    found = door_of(invitation, invitation.evening, at)
    back = shift_to_return_to(invitation, _note_browser(), at)
    if found is Door.OPEN or back is not None:
        until = last_call_at(invitation.evening, at)
        page = render_template("evenings/door.html", invitation=invitation, form=form, back=back, until=until)
        return page, status
    return _closed(invitation, found)


def _closed(invitation: Invitation, found: Door) -> ResponseReturnValue:
    page = render_template(
        "evenings/closed.html", invitation=invitation, door=found, Door=Door, most=most_wrong(invitation)
    )
    return page, 200 if found is Door.EARLY else GONE


def _last_shift() -> Shift | None:
    """The shift this browser came in for last."""
    kept: dict[str, Any] = session.get("door") or {}
    if "invitation" not in kept:
        return None
    enter(int(kept["tenant"]))
    know_tenant()
    return db.session.scalar(queries.shift_of(UUID(kept["invitation"])))
