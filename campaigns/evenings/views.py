"""An evening of ringing: start it, say its code, hand out links, see who came, put out one or all."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaigns.evenings import queries, services
from campaigns.evenings.forms import EveningForm, LinksForm, WallForm
from campaigns.evenings.joining_rules import Door, door_of
from campaigns.evenings.letters import send_links
from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.evenings.scope import campaign_open, list_open
from campaigns.evenings.words import hours_words, ringing_words
from campaigns.queue import list_queries
from campaigns.queue.ledger import ledgers_of, summed
from campaigns.queue.models import CallAssignment
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.second_step import square
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.services import By
from organiser.web.frame import see_other

blueprint = Blueprint("evenings", __name__)
UNPROCESSABLE = 422


@blueprint.route("/assignments/<uuid:assignment_id>/evenings/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def start(assignment_id: UUID) -> ResponseReturnValue:
    """When to ring, and how long."""
    assignment, form, at = list_open(assignment_id), EveningForm(), clock.now()
    if form.validate_on_submit():
        try:
            by = By(current_account().id, at)
            evening = services.start_evening(form.new_id(), assignment, *form.span(at), by)
        except services.NoSuchEvening as refusal:
            form.refuse(refusal.why)
        else:
            return see_other(url_for(".show", evening_id=evening.id))
    page = render_template("evenings/start.html", assignment=assignment, form=form)
    return page, UNPROCESSABLE if form.is_submitted() else 200


@blueprint.route("/campaigns/<uuid:campaign_id>/evenings/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def start_pool(campaign_id: UUID) -> ResponseReturnValue:
    """An evening for all of a campaign's lists: callers ring wherever somebody is left."""
    campaign, form, at = campaign_open(campaign_id), EveningForm(), clock.now()
    lists = db.session.scalars(list_queries.lists_of(campaign.id).where(CallAssignment.closed_at.is_(None)))
    anchor = lists.first()
    if anchor is None:
        flash(_("The campaign has no list to ring yet."), "error")
        return see_other(url_for("campaigns.show", campaign_id=campaign.id))
    if form.validate_on_submit():
        try:
            by = By(current_account().id, at)
            evening = services.start_evening(form.new_id(), anchor, *form.span(at), by, whole_campaign=True)
        except services.NoSuchEvening as refusal:
            form.refuse(refusal.why)
        else:
            return see_other(url_for(".show", evening_id=evening.id))
    page = render_template("evenings/start.html", assignment=anchor, campaign=campaign, form=form)
    return page, UNPROCESSABLE if form.is_submitted() else 200


@blueprint.post("/evenings/<uuid:evening_id>/wall")
@requires(Permission.PLAN_CALLS)
def put_on_the_wall(evening_id: UUID) -> ResponseReturnValue:
    """One square for everybody in the room, shown large; the code is still said aloud."""
    found, form = evening_open(evening_id), WallForm()
    if not form.validate_on_submit():
        abort(UNPROCESSABLE)
    try:
        made = services.put_on_the_wall(found, form.new_batch(), clock.now())
    except services.AlreadyMade:
        flash(_("These links have been shown. Make new ones if they are gone."), "error")
        return see_other(url_for(".show", evening_id=found.id))
    drawn = Markup(square(made.address))  # noqa: S704  # drawn by us
    return render_template("evenings/wall.html", evening=found, address=made.address, drawn=drawn)


@blueprint.get("/evenings/<uuid:evening_id>")
@requires(Permission.PLAN_CALLS)
def show(evening_id: UUID) -> ResponseReturnValue:
    """The code to say aloud, who rings, and the links."""
    return _page(evening_open(evening_id), LinksForm(formdata=None))


@blueprint.post("/evenings/<uuid:evening_id>/invitations")
@requires(Permission.PLAN_CALLS)
def invite(evening_id: UUID) -> ResponseReturnValue:
    """Make personal links and show them, this once."""
    found, form = evening_open(evening_id), LinksForm()
    if not form.validate_on_submit():
        return _page(found, form), UNPROCESSABLE
    try:
        invited = services.invite(found, form.new_batch(), form.people(), clock.now())
    except services.AlreadyMade:
        flash(_("These links have been shown. Make new ones if they are gone."), "error")
        return see_other(url_for(".show", evening_id=found.id))
    sent = send_links(found, invited)
    links = [(one.invitation, one.address, Markup(square(one.address))) for one in invited]  # noqa: S704  # drawn by us
    return render_template("evenings/links.html", evening=found, links=links, sent=sent)


@blueprint.post("/evenings/<uuid:evening_id>/code")
@requires(Permission.PLAN_CALLS)
def renew_code(evening_id: UUID) -> ResponseReturnValue:
    """Another code, when the first has gone further than it should."""
    services.renew_code(evening_open(evening_id))
    flash(_("Here is a new code. The old one opens nothing any more."))
    return see_other(url_for(".show", evening_id=evening_id))


@blueprint.post("/evenings/<uuid:evening_id>/ending")
@requires(Permission.PLAN_CALLS)
def end(evening_id: UUID) -> ResponseReturnValue:
    """Everybody out."""
    found = services.end_evening(evening_open(evening_id), clock.now())
    flash(_("The evening is over. Everybody is signed out, and nobody is held by anyone."))
    return see_other(_home(found))


@blueprint.post("/invitations/<uuid:invitation_id>/revoking")
@requires(Permission.PLAN_CALLS)
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    """A link that opens nothing any more."""
    query = queries.invitations_open_to(current_account()).where(Invitation.id == invitation_id)
    found: Invitation = services.revoke(db.one_or_404(query), clock.now())
    flash(_("The link opens nothing any more."))
    return see_other(url_for(".show", evening_id=found.evening_id))


@blueprint.post("/shifts/<uuid:shift_id>/ending")
@requires(Permission.PLAN_CALLS)
def end_shift(shift_id: UUID) -> ResponseReturnValue:
    """One caller out."""
    query = queries.shifts_open_to(current_account()).where(Shift.id == shift_id)
    found: Shift = services.end_shift(db.one_or_404(query), clock.now())
    flash(_("%(name)s is put out. Whom they held, somebody else can ring.", name=found.account.name))
    return see_other(url_for(".show", evening_id=found.evening_id))


def _home(evening: Evening) -> str:
    """Where the evening belongs: the list's page, or the campaign's."""
    if evening.whole_campaign:
        return url_for("campaigns.show", campaign_id=evening.assignment.campaign_id)
    return url_for("campaigns.assignment", assignment_id=evening.assignment_id)


def evening_open(evening_id: UUID) -> Evening:
    """An evening within the reader's scope, else 404."""
    query = queries.evenings_open_to(current_account()).where(Evening.id == evening_id)
    found: Evening = db.one_or_404(query)
    return found


def _page(found: Evening, form: LinksForm) -> str:
    at, lists = clock.now(), db.session.scalars(queries.lists_of(found)).all()
    shifts = db.session.scalars(queries.shifts_of([found.id])).all()
    rung = {
        caller_id: (calls, reached)
        for caller_id, calls, reached in db.session.execute(queries.rung_by_each(lists, found.starts_at))
    }
    invitations = db.session.scalars(queries.invitations_to(found.id)).all()
    over = found.ended_at is not None or found.ends_at <= at
    inside = [shift for shift in shifts if shift.ended_at is None and shift.ends_at > at]
    return render_template(
        "evenings/evening.html",
        evening=found,
        assignment=found.assignment,
        over=over,
        early=found.starts_at > at,
        code="" if over else services.code_now(found),
        shifts=shifts,
        inside=inside,
        headline=ringing_words(
            db.session.scalar(queries.ringing(lists, at)) or 0 if inside else 0, len(inside)
        ),
        rung=rung,
        hours_said="" if over else hours_words(found, at),
        progress=summed(ledgers_of(lists, at).values()),
        home=_home(found),
        wall=WallForm(formdata=None),
        invitations=[(one, door_of(one, found, at)) for one in invitations],
        Door=Door,
        form=form,
        at=at,
    )
