"""A campaign changed after it was made: its words, and whom it is for and when, with what that changes."""

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from campaigns.evenings.scope import campaign_open
from campaigns.planning import queries, services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.forms import PlanForm, plan_form, words_form
from campaigns.planning.guide import MEANINGS, guide_read
from campaigns.planning.hours_said import rules_said
from campaigns.planning.scope import surveys_for
from campaigns.planning.views import refreshed_words
from campaigns.planning.views_new import COUNT
from campaigns.planning.whom import Offered, offered_in, whom_meant
from campaigns.planning.words_form import Kept, WordsFields
from campaigns.queue.keeping import Refreshed
from campaigns.queue.models import Campaign
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.members.services import By
from organiser.web.frame import see_other

UNPROCESSABLE, CONFLICT = 422, 409


@blueprint.route("/campaigns/<uuid:campaign_id>/words", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def words(campaign_id: UUID) -> ResponseReturnValue:
    """Its name, the call guide and the survey, with the guide as a caller reads it beside."""
    campaign = campaign_open(campaign_id)
    form = words_form(campaign)
    form.offer_surveys(surveys_for(campaign.organisation, campaign.survey))
    if not form.validate_on_submit():
        return _words_page(campaign, form), UNPROCESSABLE if form.is_submitted() else 200
    if request.form.get("do") == COUNT:
        return _words_page(campaign, form)
    try:
        services.change_campaign(campaign, form.draft(campaign), form.seen_version(), _by(), today())
    except services.ChangedMeanwhile:
        return _words_page(campaign, _told_of_others(form, campaign)), CONFLICT
    except services.SurveyAnswered:
        form.survey.errors = [_("Members have answered this survey already, so it stays.")]
        return _words_page(campaign, form), UNPROCESSABLE
    flash(_("Saved. Callers see it from their next member on."))
    return see_other(url_for(".show", campaign_id=campaign.id))


@blueprint.route("/campaigns/<uuid:campaign_id>/plan", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def plan(campaign_id: UUID) -> ResponseReturnValue:
    """Whom it is for and when it rings; how many come on the lists and go off them is told before saving."""
    campaign = campaign_open(campaign_id)
    offered = offered_in(campaign.organisation)
    form = plan_form(campaign, _asked())
    form.offer_audience(offered.units, offered.tags)
    if request.method == "GET":
        if _asked() is not None:
            form.validate()
        return _plan_page(campaign, form, offered)
    if not form.validate() or request.form.get("do") == COUNT:
        return _plan_page(campaign, form, offered), UNPROCESSABLE if form.errors else 200
    try:
        done = services.change_campaign(campaign, form.draft(campaign), form.seen_version(), _by(), today())
    except services.ChangedMeanwhile:
        return _plan_page(campaign, _told_of_others(form, campaign), offered), CONFLICT
    flash(_("Saved. %(what)s", what=refreshed_words(done)))
    return see_other(url_for(".show", campaign_id=campaign.id))


def _asked() -> MultiDict[str, str] | None:
    """What the page itself asks the numbers of."""
    return request.args if "HX-Request" in request.headers and "counted" in request.args else None


def _told_of_others(form: Any, campaign: Campaign) -> Any:
    """Saved again, what is written here stands."""
    assert isinstance(form, Kept)
    flash(_("Somebody saved something else meanwhile. Compare, and save again to keep yours."), "error")
    form.version.data = str(campaign.version)
    form.version.raw_data = [str(campaign.version)]
    return form


def _words_page(campaign: Campaign, form: WordsFields) -> str:
    guide = guide_read(form.script.data or "", form.title.data or "", campaign.organisation)
    return render_template(
        "planning/words.html", campaign=campaign, form=form, guide=guide, meanings=MEANINGS
    )


def _plan_page(campaign: Campaign, form: PlanForm, offered: Offered) -> str:
    whom = whom_meant(campaign.organisation, form, offered, clock.now(), campaign.survey_id)
    return render_template(
        "planning/plan.html",
        campaign=campaign,
        form=form,
        unit=campaign.organisation,
        whom=whom,
        moves=_moves(campaign, form, bool(whom.errors)),
        said=rules_said(form),
    )


def _moves(campaign: Campaign, form: PlanForm, wrong: bool) -> Refreshed | None:  # noqa: FBT001  # said beside it
    """How many would come on the lists and go off them; none where something must be put right first."""
    if wrong:
        return None
    audience, on = form.audience(), today()
    return Refreshed(
        new=db.session.scalar(queries.coming_on(campaign, audience, on)) or 0,
        out=db.session.scalar(queries.going_off(campaign, audience, on)) or 0,
    )


def _by() -> By:
    return By(current_account().id, clock.now())
