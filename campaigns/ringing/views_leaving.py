"""A pause, and stopping for the night: whom one holds goes back at once, and one is thanked."""

from datetime import datetime

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings.services import end_shift
from campaigns.evenings.thanks import Thanks, signs_out, thanks_for
from campaigns.evenings.thanks_queries import own_shifts
from campaigns.queue import call_queries as calls
from campaigns.queue.taking import give_back
from campaigns.ringing import call_pages as pages
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.breaks import ENOUGH, own_evening
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.web.frame import see_other


@blueprint.post("/calls/pause")
@requires(Permission.MAKE_CALLS)
def pause() -> ResponseReturnValue:
    """Give back whom one holds, and rest."""
    call = give_back(current_account(), clock.now())
    return see_other(url_for("calling.resting", list=call.target.assignment_id if call else None))


@blueprint.get("/calls/pause")
@requires(Permission.MAKE_CALLS)
def resting() -> ResponseReturnValue:
    """A pause: thanks, a hint when it was time, and the way on or out."""
    account, at = current_account(), clock.now()
    rung_for = own_evening(account.id, at).without_break
    return render_template(
        "ringing/pause.html",
        caller=account,
        thanks=_thanks(at),
        minutes=rung_for.seconds // 60 if rung_for >= ENOUGH else 0,
        list_id=pages.key_in(request.args.get("list")),
        signs_out=signs_out(account.id, at),
    )


@blueprint.post("/calls/ending")
@requires(Permission.MAKE_CALLS)
def stop() -> ResponseReturnValue:
    """Enough for tonight: who came by a link is signed out, and thanked on the page after."""
    account, at = current_account(), clock.now()
    give_back(account, at)
    by_link = [shift for shift in db.session.scalars(own_shifts(account.id, at)) if shift.invitation_id]
    for shift in by_link:
        end_shift(shift, at)
    return see_other(url_for("joining.after" if by_link else "calling.thanks"))


@blueprint.get("/calls/thanks")
@requires(Permission.MAKE_CALLS)
def thanks() -> ResponseReturnValue:
    """Thanks, and what everybody on the same lists did today."""
    return render_template("ringing/thanks.html", caller=current_account(), thanks=_thanks(clock.now()))


def _thanks(at: datetime) -> Thanks:
    account, since = current_account(), pages.today_began(at)
    return thanks_for(calls.lists_rung_by(account.id, since), account.id, since, at)
