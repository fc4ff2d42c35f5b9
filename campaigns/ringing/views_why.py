"""Why did you ring me? What a caller reads out to somebody who asks."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from campaigns.queue.models import Call, CallAssignment
from campaigns.ringing import call_pages as pages
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.scope import lists_in_order, own_call
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.orgs.queries import root


@blueprint.get("/calls/why")
@requires(Permission.MAKE_CALLS)
def why() -> ResponseReturnValue:
    """For one's own list (``?list=``), or for the whole organisation where none is named."""
    wanted = pages.key_in(request.args.get("list"))
    own = lists_in_order().where(CallAssignment.id == wanted)
    return _page(db.session.scalar(own) if wanted else None)


@blueprint.get("/calls/<uuid:call_id>/why")
@requires(Permission.MAKE_CALLS)
def why_this_call(call_id: UUID) -> ResponseReturnValue:
    """For the association and the campaign of a call; tells nothing of the member."""
    call = own_call(call_id)
    return _page(call.target.assignment, call if call.is_open else None)


def _page(assignment: CallAssignment | None, call: Call | None = None) -> str:
    party = db.session.scalars(root()).one()
    return render_template(
        "ringing/why.html",
        caller=current_account(),
        party=party.name,
        unit=assignment.organisation.name if assignment else party.name,
        assignment=assignment,
        call=call,
    )
