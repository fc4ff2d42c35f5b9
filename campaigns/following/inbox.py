"""What a page tells of follow-ups: who, what happened, who sees to it, whether it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from sqlalchemy import Select, select

from campaigns.following import queries
from campaigns.following.kinds import FollowedUp, Shown
from campaigns.following.words import DID, KIND, KIND_ICONS, NEXT, SHOWN
from campaigns.queue.models import CallAssignment, Campaign, FollowUp
from campaigns.ringing.caller_words import label
from organiser.accounts.current import current_account
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.members.fields import today
from organiser.members.models import Member
from organiser.members.page_queries import names_of
from organiser.members.queries import details_open_to
from organiser.web.paging import page_of

LATELY = timedelta(days=14)
PER_PAGE = 20
BACKS = ("list", "campaign", "all")


@dataclass(frozen=True, slots=True)
class Card:
    """One follow-up as a page shows it. ``readable``: its member's private words may be read."""

    found: FollowUp
    readable: bool
    on: date
    done_by: str

    @property
    def late(self) -> bool:
        return self.found.done_at is None and self.found.due_on < self.on

    @property
    def icon(self) -> str:
        return KIND_ICONS[self.found.kind]

    @property
    def what(self) -> Any:
        return KIND[self.found.kind]

    @property
    def next_step(self) -> Any:
        return NEXT[self.found.kind]

    @property
    def did(self) -> Any:
        return DID[FollowedUp(self.found.deed)] if self.found.deed else ""


def cards_of(rows: Sequence[FollowUp]) -> list[Card]:
    """These follow-ups with what the reader may read of each; their members are noted as seen."""
    saw([row.member_id for row in rows], Why.LIST)
    ids = [row.member_id for row in rows]
    mine = details_open_to(current_account())
    readable = set(db.session.scalars(select(Member.id).where(Member.id.in_(ids), mine))) if ids else set()
    doers = {row.done_by_id for row in rows if row.done_by_id is not None}
    names = dict(db.session.execute(names_of(doers)).all()) if doers else {}
    on = today()
    return [Card(row, row.member_id in readable, on, _name(names, row.done_by_id)) for row in rows]


def inbox_page(
    query: Select[FollowUp],
    back: str,
    assignment: CallAssignment | None = None,
    campaign: Campaign | None = None,
) -> str:
    """The follow-ups of a list, of a campaign, or all there are; ``back`` says where a deed leads back to."""
    shown = _asked()
    since = clock.now() - LATELY
    chosen = queries.those_shown(query, shown, current_account(), today(), since)
    page = page_of(chosen, PER_PAGE)
    return render_template(
        "following/inbox.html",
        assignment=assignment,
        campaign=campaign,
        page=page,
        cards=cards_of(page.rows),
        shown=shown,
        chips=[_chip(one, shown) for one in Shown],
        back=back,
        outcome_word=label,
        me=current_account().id,
    )


def back_asked() -> str:
    """Which inbox the reader came from."""
    asked = request.args.get("back", "")
    return asked if asked in BACKS else BACKS[0]


def inbox_url(found: FollowUp, back: str) -> str:
    """The address of that inbox."""
    if back == "all":
        return url_for("following.all_inbox")
    if back == "campaign":
        return url_for("following.campaign_inbox", campaign_id=found.assignment.campaign_id)
    return url_for("following.inbox", assignment_id=found.assignment_id)


def _asked() -> Shown:
    asked = request.args.get("show", "")
    return Shown(asked) if asked in {*Shown} else Shown.ALL


def _chip(one: Shown, shown: Shown) -> dict[str, Any]:
    url = request.path if one is Shown.ALL else f"{request.path}?show={one.value}"
    return {"text": SHOWN[one], "url": url, "current": one is shown}


def _name(names: dict[UUID, str], account_id: UUID | None) -> str:
    return names.get(account_id, "") if account_id else ""
