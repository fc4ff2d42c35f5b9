"""The organiser's campaigns: the list, each one's page, closed and opened again."""

from collections.abc import Collection
from uuid import UUID

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings.scope import campaign_open
from campaigns.planning import services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.hours_said import said_of
from campaigns.planning.list_table import columns, in_order, list_rows, sorting_asked
from campaigns.planning.stand import stand_of
from campaigns.planning.steps import steps
from campaigns.planning.whom import offered_in
from campaigns.queue import keeping, list_queries
from campaigns.queue.campaign_rules import audience_of, rules_of
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.place_words import ledger_rows
from campaigns.surveys.words import title as title_of
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _, ngettext
from organiser.members.fields import today
from organiser.web.frame import see_other


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
        on=today(),
    )


@blueprint.get("/campaigns/<uuid:campaign_id>")
@requires(Permission.PLAN_CALLS)
def show(campaign_id: UUID) -> ResponseReturnValue:
    """How far it has come, what to do next, and every association's list."""
    stand = stand_of(campaign_open(campaign_id), clock.now())
    order, back = sorting_asked()
    offered = offered_in(stand.campaign.organisation)
    return render_template(
        "planning/campaign.html",
        stand=stand,
        steps=steps(stand),
        rows=in_order(list_rows(stand), order, back=back),
        columns=columns(order, back=back),
        places=ledger_rows(stand.progress),
        meant=offered.sentence(audience_of(stand.campaign)),
        said=said_of(stand.campaign.starts_on, stand.campaign.ends_on, rules_of(stand.campaign)),
        survey_title=title_of(stand.campaign.survey) if stand.campaign.survey else "",
    )


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
    services.reopen_campaign(campaign_open(campaign_id), clock.now(), today())
    flash(_("The campaign is open again. Start an evening when you want to ring."))
    return see_other(url_for(".show", campaign_id=campaign_id))


def refreshed_words(done: keeping.Refreshed) -> str:
    """What a refreshing did, in a sentence."""
    parts = [
        ngettext("%(num)s new member is on the lists", "%(num)s new members are on the lists", done.new),
        ngettext("%(num)s can be rung again", "%(num)s can be rung again", done.back),
        ngettext("%(num)s was taken off", "%(num)s were taken off", done.out),
    ]
    told = [part for part, n in zip(parts, (done.new, done.back, done.out), strict=True) if n]
    return (", ".join(told) + ".") if told else _("The lists were as the register has it already.")


def _whole(campaign: Campaign, lists: Collection[CallAssignment], progress: dict[UUID, Ledger]) -> Ledger:
    return summed([progress[one.id] for one in lists if one.campaign_id == campaign.id])
