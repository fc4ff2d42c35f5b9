"""A campaign's way in five steps, from the members to the first call: which are done, which is next."""

from typing import Any

from flask import url_for

from campaigns.planning.stand import Stand
from campaigns.queue.script import steps_of
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import _, ngettext
from organiser.web.filters import count


def steps(stand: Stand) -> list[dict[str, Any]]:
    """Rows for the task list: text, address, note, and the state: ``done``, ``going``, ``now`` (the first not
    begun) or ``wait``.
    """
    rows = _rows(stand)
    first = next((place for place, row in enumerate(rows) if not row[3]), None)
    states = [_state(place, first, done=row[3]) for place, row in enumerate(rows)]
    if stand.progress.tried and not stand.is_rung:
        states[-1] = "going"
    return [
        {
            "text": text,
            "url": url,
            "note": note,
            "state": state,
        }
        for (text, url, note, _done), state in zip(rows, states, strict=True)
    ]


def _rows(stand: Stand) -> list[tuple[Any, str, Any, bool]]:
    """Each step: what it is called, where it is done, how it stands, and whether it is done."""
    made = url_for("campaigns.words", campaign_id=stand.campaign.id)
    guide = len(steps_of(stand.campaign.script, {}))
    return [
        (_("Read in members"), _import_url(), _members(stand), stand.reachable.total.members > 0),
        (
            _("Choose whom to ring"),
            url_for("campaigns.plan", campaign_id=stand.campaign.id),
            _chosen(stand),
            stand.progress.audience > 0,
        ),
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
            bool(stand.evenings or stand.progress.tried),
        ),
        (_("Ring"), url_for("calling.index"), _rung(stand), stand.is_rung),
    ]


def _state(place: int, first: int | None, *, done: bool) -> str:
    return "done" if done else "now" if place == first else "wait"


def _import_url() -> str:
    """The import, for those who may read lists in; else the members."""
    return url_for("roster.index" if may(Permission.IMPORT_MEMBERS) else "members.index")


def _members(stand: Stand) -> Any:
    number = stand.reachable.total.members
    return ngettext("%(members)s member", "%(members)s members", number, members=count(number))


def _chosen(stand: Stand) -> Any:
    number = stand.progress.audience
    return ngettext(
        "%(number)s member is on the lists",
        "%(number)s members are on the lists",
        number,
        number=count(number),
    )


def _callers(stand: Stand) -> Any:
    if stand.running:
        return stand.headline
    coming = len(stand.evenings)
    if coming:
        return ngettext("%(num)s evening is planned", "%(num)s evenings are planned", coming)
    return _("Each association starts its own")


def _rung(stand: Stand) -> Any:
    progress = stand.progress
    return _(
        "%(done)s of %(all)s done, %(left)s left to ring",
        done=count(progress.settled),
        all=count(progress.audience),
        left=count(progress.left),
    )
