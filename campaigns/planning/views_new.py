"""A new campaign on one page, filled in so that it can be made at once: whom, when, what, and who answers."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from campaigns.planning import services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.forms import CampaignForm, new_campaign_form
from campaigns.planning.guide import MEANINGS, guide_read
from campaigns.planning.hours_said import rules_said
from campaigns.planning.scope import surveys_for, unit_asked
from campaigns.planning.whom import Offered, offered_in, whom_meant
from campaigns.planning.words_form import READ_IN
from campaigns.queue.ready_campaigns import ReadyCampaign, ready_campaign, ready_campaigns
from campaigns.surveys.loading import packaged
from campaigns.surveys.models import Survey
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.members.services import By
from organiser.orgs.choosing import unit_choices
from organiser.orgs.models import Organisation
from organiser.web.frame import see_other
from organiser.web.language import chosen

UNPROCESSABLE = 422
COUNT = "count"
"""What is pressed to see the numbers and the guide anew, with nothing made yet."""


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def add() -> ResponseReturnValue:
    """A new campaign: who can be rung in each association, when, and what shall be said."""
    unit, units = unit_asked(request.form.get("unit") or request.args.get("unit"))
    ready = ready_campaign(request.values.get("start", ""), chosen())
    offered, surveys = offered_in(unit), surveys_for(unit)
    form = _form(ready, offered, surveys)
    if request.method == "GET" and not _counts_again():
        return _page(form, unit, units, offered, ready)
    if form.validate() and request.method == "POST" and request.form.get("do") != COUNT:
        by = By(current_account().id, clock.now())
        campaign = services.make_campaign(form.new_id(), unit, form.draft(), by, today())
        flash(_("The campaign is made, with a list for every association."))
        return see_other(url_for(".show", campaign_id=campaign.id))
    wrong = request.method == "POST" and bool(form.errors)
    return _page(form, unit, units, offered, ready), UNPROCESSABLE if wrong else 200


@blueprint.get("/campaigns/new/newcomers")
@requires(Permission.PLAN_CALLS)
def add_for_newcomers() -> ResponseReturnValue:
    """The same, for those who joined lately."""
    return see_other(url_for(".add", start="welcome"))


def _counts_again() -> bool:
    """Whether the page itself asks for the numbers of what was just ticked."""
    return "HX-Request" in request.headers and "counted" in request.args


def _form(ready: ReadyCampaign | None, offered: Offered, surveys: list[Survey]) -> CampaignForm:
    asked: MultiDict[str, str] | None = request.args if _counts_again() else None
    form = new_campaign_form(ready, today(), asked)
    form.offer_audience(offered.units, offered.tags)
    form.offer_surveys(surveys)
    if request.method == "GET" and ready and ready.has_member_survey:
        known = next((one for one in surveys if one.key == packaged().key), None)
        form.survey.data = str(known.id) if known else READ_IN
    return form


def _page(form: CampaignForm, unit: Organisation, units: Any, offered: Offered, ready: Any) -> str:
    at = clock.now()
    return render_template(
        "planning/new.html",
        form=form,
        unit=unit,
        units=unit_choices(units),
        starts=_starts(unit, ready),
        start=ready.key if ready else "",
        whom=whom_meant(unit, form, offered, at, form.survey_chosen()),
        said=rules_said(form),
        guide=guide_read(form.script.data or "", form.title.data or "", unit),
        meanings=MEANINGS,
    )


def _starts(unit: Organisation, ready: ReadyCampaign | None) -> list[dict[str, Any]]:
    """The ready campaigns to begin from, and an empty one."""
    begun = [
        {"text": one.title, "url": url_for(".add", start=one.key, unit=unit.id), "current": one == ready}
        for one in ready_campaigns(chosen())
    ]
    usual = {"text": _("Our usual one"), "url": url_for(".add", unit=unit.id), "current": ready is None}
    return [usual, *begun]
