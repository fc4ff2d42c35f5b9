"""The live page of a campaign and of one list: it asks again by itself, and is answered at length only when
something has happened.
"""

from uuid import UUID

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings.scope import campaign_open, leads, list_open
from campaigns.evenings.words import ringing_words
from campaigns.following import live_queries as queries
from campaigns.following.blueprint import live
from campaigns.following.live import Live, Scope, live_of, version_of
from campaigns.following.pausing import pause_campaign, resume_campaign
from campaigns.following.words import MAY_MEAN, ODDITY
from campaigns.queue import list_queries
from campaigns.queue.models import CallAssignment
from campaigns.queue.place_words import ledger_rows
from campaigns.ringing.caller_words import label, said_when
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.frame import see_other
from organiser.web.language import chosen

NOT_MODIFIED = 304


@live.get("/campaigns/<uuid:campaign_id>/live")
@requires(Permission.PLAN_CALLS)
def campaign(campaign_id: UUID) -> ResponseReturnValue:
    """All the lists of a campaign, as they are now."""
    return _page(_of_campaign(campaign_id), None)


@live.get("/campaigns/<uuid:campaign_id>/live/now")
@requires(Permission.PLAN_CALLS)
def campaign_now(campaign_id: UUID) -> ResponseReturnValue:
    """The part of it that changes."""
    return _part(_of_campaign(campaign_id), None)


@live.get("/assignments/<uuid:assignment_id>/live")
@requires(Permission.PLAN_CALLS)
def call_list(assignment_id: UUID) -> ResponseReturnValue:
    """One association's list, as it is now."""
    found = list_open(assignment_id)
    return _page(_of_list(found), found)


@live.get("/assignments/<uuid:assignment_id>/live/now")
@requires(Permission.PLAN_CALLS)
def call_list_now(assignment_id: UUID) -> ResponseReturnValue:
    """The part of it that changes."""
    found = list_open(assignment_id)
    return _part(_of_list(found), found)


@live.post("/campaigns/<uuid:campaign_id>/pausing")
@requires(Permission.PLAN_CALLS)
def pause(campaign_id: UUID) -> ResponseReturnValue:
    """Nobody is dealt out for a while."""
    pause_campaign(campaign_open(campaign_id), clock.now())
    undo = url_for(".resume", campaign_id=campaign_id)
    told = _("Paused. Whoever is on the phone finishes the call; nobody gets a new one.")
    flash({"text": told, "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button
    return see_other(url_for(".campaign", campaign_id=campaign_id))


@live.post("/campaigns/<uuid:campaign_id>/resuming")
@requires(Permission.PLAN_CALLS)
def resume(campaign_id: UUID) -> ResponseReturnValue:
    """On again."""
    resume_campaign(campaign_open(campaign_id))
    flash(_("The campaign is rung again."))
    return see_other(url_for(".campaign", campaign_id=campaign_id))


def _of_campaign(campaign_id: UUID) -> Scope:
    found = campaign_open(campaign_id)
    return Scope(found, db.session.scalars(list_queries.lists_of(found.id)).all(), clock.now())


def _of_list(found: CallAssignment) -> Scope:
    return Scope(found.campaign, [found], clock.now())


def _page(scope: Scope, assignment: CallAssignment | None) -> str:
    return render_template(
        "following/live.html",
        **_shown(live_of(scope), assignment),
        leads=assignment is None or leads(scope.campaign.id),
    )


def _part(scope: Scope, assignment: CallAssignment | None) -> Response:
    """Nothing at all where the browser has it already. No member is named here, so that it may keep it."""
    tag = version_of(scope, chosen())
    unchanged = request.if_none_match.contains_weak(tag)
    text = "" if unchanged else render_template("following/_now.html", **_shown(live_of(scope), assignment))
    answer = Response(text, status=NOT_MODIFIED if unchanged else 200, mimetype="text/html")
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _shown(now: Live, assignment: CallAssignment | None) -> dict[str, object]:
    return {
        "now": now,
        "campaign": now.scope.campaign,
        "assignment": assignment,
        "rows": ledger_rows(now.ledger),
        "headline": ringing_words(now.holding, len(now.inside)),
        "outcome_word": label,
        "said_when": said_when,
        "odd_word": ODDITY,
        "may_mean": MAY_MEAN,
        "evenings": db.session.scalars(queries.under_way(now.scope.ids, now.scope.at)).all(),
    }
