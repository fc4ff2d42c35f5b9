"""The organiser's campaigns: the list, a new one, its page, its words, closed and opened again."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import queries as evenings
from campaigns.planning import services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.forms import campaign_form, new_campaign_form
from campaigns.planning.reach import reachable
from campaigns.planning.steps import Stand, steps
from campaigns.queue import keeping, list_queries
from campaigns.queue.audience import read_json
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.script import steps_of
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _, ngettext
from organiser.members.services import By
from organiser.orgs.choosing import unit_choices
from organiser.orgs.models import Organisation
from organiser.web.filters import zone
from organiser.web.frame import see_other

UNPROCESSABLE, CONFLICT = 422, 409


@blueprint.get("/campaigns")
@requires(Permission.PLAN_CALLS)
def index() -> ResponseReturnValue:
    """One's campaigns, and the lists one leads in campaigns of a unit above."""
    account = current_account()
    campaigns = db.session.scalars(list_queries.campaigns_open_to(account)).all()
    lists = db.session.scalars(list_queries.lists_open_to(account)).all()
    own = {campaign.id for campaign in campaigns}
    progress = ledgers_of([one.id for one in lists], clock.now())
    return render_template(
        "planning/index.html",
        campaigns=campaigns,
        whole={campaign.id: _whole(campaign, lists, progress) for campaign in campaigns},
        lists=[one for one in lists if one.campaign_id not in own],
        progress=progress,
    )


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def add() -> ResponseReturnValue:
    """A new campaign: who can be rung in each association, and what shall be said."""
    unit, units = _chosen_unit()
    form = new_campaign_form()
    on = today()
    if form.validate_on_submit():
        by = By(current_account().id, clock.now())
        campaign = services.make_campaign(form.new_id(), unit, form.draft(), by, on)
        flash(_("The campaign is made, with a list for every association."))
        return see_other(url_for(".show", campaign_id=campaign.id))
    page = render_template(
        "planning/new.html",
        form=form,
        unit=unit,
        units=unit_choices(units),
        reachable=reachable(unit.id, clock.now(), zone()),
    )
    return page, UNPROCESSABLE if form.is_submitted() else 200


@blueprint.get("/campaigns/<uuid:campaign_id>")
@requires(Permission.PLAN_CALLS)
def show(campaign_id: UUID) -> ResponseReturnValue:
    """How far it has come, what to do next, and every association's list."""
    campaign, at = campaign_open(campaign_id), clock.now()
    lists = db.session.scalars(list_queries.lists_of(campaign.id)).all()
    ids = [one.id for one in lists]
    progress = ledgers_of(ids, clock.now())
    ahead = db.session.scalars(evenings.unfinished(ids, at)).all()
    running = db.session.scalars(evenings.running_shifts(ids, at)).all()
    stand = Stand(
        campaign=campaign,
        reachable=reachable(campaign.organisation_id, at, zone(), read_json(campaign.audience)),
        progress=summed(progress.values()),
        lists=lists,
        evenings=ahead,
        running=running,
        ringing=db.session.scalar(evenings.ringing(ids, at)) or 0,
    )
    return render_template(
        "planning/campaign.html", stand=stand, steps=steps(stand), progress=progress, at=at
    )


@blueprint.route("/campaigns/<uuid:campaign_id>/words", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def words(campaign_id: UUID) -> ResponseReturnValue:
    """Its name, days, and the call guide, with the guide as a caller reads it beside."""
    campaign = campaign_open(campaign_id)
    form = campaign_form(campaign)
    if not form.validate_on_submit():
        return _words_page(campaign, form), UNPROCESSABLE if form.is_submitted() else 200
    try:
        services.change_campaign(campaign, form.draft(), form.seen_version())
    except services.ChangedMeanwhile:
        flash(_("Somebody saved other words meanwhile. Compare, and save again to keep yours."), "error")
        form.version.data = form.version.raw_data[0] = str(campaign.version)
        return _words_page(campaign, form), CONFLICT
    flash(_("Saved. Callers see it from their next member on."))
    return see_other(url_for(".show", campaign_id=campaign.id))


@blueprint.post("/campaigns/<uuid:campaign_id>/refreshing")
@requires(Permission.PLAN_CALLS)
def refresh(campaign_id: UUID) -> ResponseReturnValue:
    """Bring the lists in line with the register."""
    done = keeping.refresh_campaign(campaign_open(campaign_id), clock.now(), today())
    flash(refreshed_words(done))
    return see_other(url_for(".show", campaign_id=campaign_id))


@blueprint.post("/campaigns/<uuid:campaign_id>/closing")
@requires(Permission.PLAN_CALLS)
def close(campaign_id: UUID) -> ResponseReturnValue:
    """No more ringing in it."""
    services.close_campaign(campaign_open(campaign_id), clock.now())
    undo = url_for(".reopen", campaign_id=campaign_id)
    closed = _("The campaign is closed. Nobody rings in it.")
    flash({"text": closed, "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button
    return see_other(url_for(".show", campaign_id=campaign_id))


@blueprint.post("/campaigns/<uuid:campaign_id>/opening")
@requires(Permission.PLAN_CALLS)
def reopen(campaign_id: UUID) -> ResponseReturnValue:
    """Ringing in it again."""
    services.reopen_campaign(campaign_open(campaign_id))
    flash(_("The campaign is open again. Start an evening when you want to ring."))
    return see_other(url_for(".show", campaign_id=campaign_id))


def today() -> date:
    """The day it is where the tenant is."""
    return clock.now().astimezone(zone()).date()


def refreshed_words(done: keeping.Refreshed) -> str:
    """What a refreshing did, in a sentence."""
    parts = [
        ngettext("%(num)s new member is on the lists", "%(num)s new members are on the lists", done.new),
        ngettext("%(num)s can be rung again", "%(num)s can be rung again", done.back),
        ngettext("%(num)s was taken off", "%(num)s were taken off", done.out),
    ]
    told = [part for part, n in zip(parts, (done.new, done.back, done.out), strict=True) if n]
    return (", ".join(told) + ".") if told else _("The lists were as the register has it already.")


def campaign_open(campaign_id: UUID) -> Campaign:
    """A campaign within the reader's scope, else 404."""
    query = list_queries.campaigns_open_to(current_account()).where(Campaign.id == campaign_id)
    found: Campaign = db.one_or_404(query)
    return found


def _chosen_unit() -> tuple[Organisation, Collection[Organisation]]:
    """The unit asked for, else the highest, and those to choose among; 404 without one of one's own, open."""
    query = units_open_to(current_account(), Permission.PLAN_CALLS).where(Organisation.closed_at.is_(None))
    units = db.session.scalars(query).all()
    asked = request.args.get("unit")
    if asked:
        return db.one_or_404(query.where(Organisation.id == _uuid_or_none(asked))), units
    highest = min(units, key=lambda unit: (len(unit.path), unit.sort_key), default=None)
    return highest or abort(404), units


def _uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _words_page(campaign: Campaign, form: Any) -> str:
    names = {
        "first_name": "Kim",
        "caller": current_account().name or _("your name"),
        "association": campaign.organisation.name,
    }
    read = steps_of(form.script.data or "", names)
    return render_template("planning/words.html", campaign=campaign, form=form, guide=read)


def _whole(campaign: Campaign, lists: Collection[CallAssignment], progress: dict[UUID, Ledger]) -> Ledger:
    return summed([progress[one.id] for one in lists if one.campaign_id == campaign.id])
