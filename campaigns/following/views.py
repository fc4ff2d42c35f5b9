"""The inbox of follow-ups: of one list, of a whole campaign, and of all one leads; each with its own page."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from campaigns.evenings.scope import campaign_open, list_open
from campaigns.following import queries
from campaigns.following.blueprint import blueprint
from campaigns.following.forms import EntrustForm, LeaveAloneForm, MoveForm, NewNumberForm, NoteForm
from campaigns.following.inbox import back_asked, cards_of, inbox_page, inbox_url
from campaigns.following.scope import associations_near, follow_up_open
from campaigns.queue.models import CallAssignment, FollowUp
from campaigns.ringing.caller_words import label
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core.database import db


@blueprint.get("/assignments/<uuid:assignment_id>/waiting")
@requires(Permission.PLAN_CALLS)
def inbox(assignment_id: UUID) -> ResponseReturnValue:
    """What callers of a list left for its organiser."""
    found = list_open(assignment_id)
    query = queries.follow_ups_open_to(current_account()).where(FollowUp.assignment_id == found.id)
    return inbox_page(query, "list", assignment=found)


@blueprint.get("/campaigns/<uuid:campaign_id>/inbox")
@requires(Permission.PLAN_CALLS)
def campaign_inbox(campaign_id: UUID) -> ResponseReturnValue:
    """The same of all the lists of a campaign."""
    found = campaign_open(campaign_id)
    query = queries.follow_ups_open_to(current_account()).where(CallAssignment.campaign_id == found.id)
    return inbox_page(query, "campaign", campaign=found)


@blueprint.get("/inbox")
@requires(Permission.PLAN_CALLS)
def all_inbox() -> ResponseReturnValue:
    """The same of everything one leads."""
    return inbox_page(queries.follow_ups_open_to(current_account()), "all")


@blueprint.get("/follow-ups/<uuid:follow_up_id>")
@requires(Permission.PLAN_CALLS)
def show(follow_up_id: UUID) -> ResponseReturnValue:
    """One follow-up, with all that can be done about it."""
    return follow_up_page(follow_up_open(follow_up_id))


def follow_up_page(found: FollowUp, **forms: object) -> str:
    """The page of a follow-up; ``forms`` are those that came back with faults."""
    card, back = cards_of([found])[0], back_asked()
    move_form = MoveForm(formdata=None, organisation_id=found.member.organisation_id)
    move_form.offer(associations_near(found))
    made = {
        "number_form": NewNumberForm(formdata=None),
        "alone_form": LeaveAloneForm(formdata=None),
        "move_form": move_form,
        "note_form": NoteForm(formdata=None),
        "entrust_form": EntrustForm(
            db.session.scalars(queries.may_answer_for(found.assignment.organisation)),
            formdata=None,
            data={"owner": str(found.owner_id or ""), "due_on": found.due_on},
        ),
        **forms,
    }
    broken = next((form for form in forms.values() if getattr(form, "errors", None)), None)
    return render_template(
        "following/follow_up.html",
        card=card,
        back=back,
        back_url=inbox_url(found, back),
        outcome_word=label,
        form=broken,
        me=current_account().id,
        **made,
    )
