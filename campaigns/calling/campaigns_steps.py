"""A campaign's way in five steps, from the members to the first call: which are done, which is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from campaigns.calling.campaigns_reach import Progress, Reachable
from campaigns.calling.models import CallAssignment, Campaign, Evening, Shift
from campaigns.calling.script import steps_of
from organiser.core.i18n import _, ngettext
from organiser.web.filters import count


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a campaign stands just now."""

    campaign: Campaign
    reachable: Reachable
    progress: Progress
    lists: Sequence[CallAssignment]
    evenings: Sequence[Evening]
    running: Sequence[Shift]

    @property
    def next_url(self) -> str:
        """Where the next step is taken: the only list's page, or the lists to choose from."""
        if len(self.lists) == 1:
            return url_for("campaigns.assignment", assignment_id=self.lists[0].id)
        return "#lists"


def steps(stand: Stand) -> list[dict[str, Any]]:
    """Rows for the task list: text, address, note, and ``done``, ``now`` (the first not done), ``wait``."""
    made = url_for("campaigns.words", campaign_id=stand.campaign.id)
    guide = len(steps_of(stand.campaign.script, {}))
    rows = [
        (_("Read in members"), url_for("members.index"), _members(stand), stand.reachable.total.members > 0),
        (_("Choose whom to ring"), "#lists", _chosen(stand), stand.progress.on_list > 0),
        (
            _("Write the call guide"),
            made,
            ngettext("%(num)s step", "%(num)s steps", guide),
            bool(guide),
        ),
        (
            _("Start an evening and invite callers"),
            stand.next_url,
            _callers(stand),
            bool(stand.evenings or stand.progress.rung),
        ),
        (_("Ring"), url_for("calling.index"), _rung(stand), stand.progress.rung > 0),
    ]
    first = next((place for place, row in enumerate(rows) if not row[3]), None)
    return [
        {
            "text": text,
            "url": url,
            "note": note,
            "state": "done" if done else "now" if place == first else "wait",
        }
        for place, (text, url, note, done) in enumerate(rows)
    ]


def _members(stand: Stand) -> Any:
    number = stand.reachable.total.members
    return ngettext("%(members)s member", "%(members)s members", number, members=count(number))


def _chosen(stand: Stand) -> Any:
    return _(
        "%(on_list)s on the lists, %(others)s cannot be rung now",
        on_list=count(stand.progress.on_list),
        others=count(stand.reachable.total.others),
    )


def _callers(stand: Stand) -> Any:
    number = len(stand.running)
    if number:
        return ngettext("%(num)s rings now", "%(num)s ring now", number)
    coming = len(stand.evenings)
    if coming:
        return ngettext("%(num)s evening is planned", "%(num)s evenings are planned", coming)
    return _("Each association starts its own")


def _rung(stand: Stand) -> Any:
    return _("%(rung)s rung, %(left)s left", rung=count(stand.progress.rung), left=count(stand.progress.left))
