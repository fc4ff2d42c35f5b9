"""What the board is needed for, in words: where, how many are waiting, and the button that leads there."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale

from campaigns.activation.figures import Row
from campaigns.activation.needs import Kind, Need, OpenList
from campaigns.activation.reader import Reader
from campaigns.goals.words import due_day
from campaigns.totals.measures import Measure
from organiser.accounts.permissions import Permission
from organiser.core.i18n import _, ngettext
from organiser.orgs.words import word
from organiser.web.filters import count

NAMED = 3
"""So many associations are named in one line; where there are two more than that, the others are counted."""
ICONS = {
    Kind.LATE_CALLS: "phone-missed",
    Kind.LATE_ERRANDS: "clock-3",
    Kind.ENDS_SOON: "calendar",
    Kind.NOT_READ_IN: "file-spreadsheet",
    Kind.NOBODY_RESPONSIBLE: "user-x",
    Kind.NOT_BEGUN: "phone-off",
    Kind.NO_GOAL: "target",
    Kind.NO_ASSOCIATION: "map-pin",
}


class Button(NamedTuple):
    """What to do about it."""

    text: str
    url: str


def need(missing: Need, reader: Reader) -> dict[str, Any]:
    """One line, as the page draws it; without a button where the reader may not do anything about it."""
    return {
        "icon": ICONS[missing.kind],
        "text": _text(missing, reader),
        "note": _note(missing),
        "button": _button(missing, reader),
    }


def named(rows: Sequence[Row]) -> str:
    """Their names as they are said: "Falun, Mora och Orsa", or the first few "och 9 till"."""
    names = [row.name for row in rows]
    if len(names) > NAMED + 1:
        more = len(names) - NAMED
        names = [*names[:NAMED], str(ngettext("%(num)s more", "%(num)s more", more))]
    return str(format_list(names, locale=get_locale()))


def _text(missing: Need, reader: Reader) -> str:
    number, names = len(missing.rows), named(missing.rows)
    match missing.kind:
        case Kind.NOT_READ_IN:
            said = ngettext(
                "%(names)s has no members yet", "%(names)s have no members yet", number, names=names
            )
        case Kind.NOBODY_RESPONSIBLE:
            said = ngettext(
                "%(names)s has nobody who answers for the calls",
                "%(names)s have nobody who answers for the calls",
                number,
                names=names,
            )
        case Kind.NOT_BEGUN:
            said = _("%(names)s: no calls yet", names=names)
        case Kind.NO_GOAL:
            said = ngettext(
                "%(names)s has no goal for contacts",
                "%(names)s have no goal for contacts",
                number,
                names=names,
            )
        case Kind.NO_ASSOCIATION:
            members = word("member", missing.members)
            said = _(
                "%(number)s %(members)s in no association", number=count(missing.members), members=members
            )
        case _:
            said = _of_lists(missing, reader)
    return str(said)


def _of_lists(missing: Need, reader: Reader) -> Any:
    number, members = count(missing.number), word("member", missing.number)
    match missing.kind:
        case Kind.LATE_CALLS:
            return ngettext(
                "%(number)s promised call is late",
                "%(number)s promised calls are late",
                missing.number,
                number=number,
            )
        case Kind.LATE_ERRANDS:
            return ngettext(
                "%(number)s follow-up is late",
                "%(number)s follow-ups are late",
                missing.number,
                number=number,
            )
    one = missing.lists[0]
    day = due_day(one.ends_on, reader.today)
    if one.ends_on < reader.today:
        form = _("%(title)s should have ended %(day)s with %(number)s %(members)s left to ring")
    else:
        form = _("%(title)s ends %(day)s with %(number)s %(members)s left to ring")
    return str(form) % {"title": one.title, "day": day, "number": number, "members": members}


def _note(missing: Need) -> str:
    match missing.kind:
        case Kind.NOT_READ_IN:
            return str(_("Their lists are still to be read in."))
        case Kind.NO_ASSOCIATION:
            return str(_("On no call list until somebody moves them to one."))
        case Kind.LATE_CALLS:
            return str(_("They were promised that we ring again."))
        case Kind.LATE_ERRANDS:
            return str(_("They told a caller something that somebody must see to."))
        case Kind.ENDS_SOON:
            return str(_("Plan another evening, or move the last day."))
    said = ngettext(
        "%(number)s %(members)s is waiting",
        "%(number)s %(members)s are waiting",
        missing.members,
        number=count(missing.members),
        members=word("member", missing.members),
    )
    return f"{said}. {_ask(missing.rows)}" if any(row.responsible for row in missing.rows) else str(said)


def _ask(rows: Sequence[Row]) -> str:
    """Whom to turn to, as long as they can be named in one breath."""
    who = list(dict.fromkeys(row.responsible for row in rows if row.responsible))
    if len(who) > NAMED:
        return str(_("Ask those who answer for the calls."))
    return str(_("Ask %(names)s.", names=format_list(who, locale=get_locale())))


def _button(missing: Need, reader: Reader) -> Button | None:
    if missing.kind is Kind.NOT_READ_IN:
        allowed = reader.may(Permission.IMPORT_MEMBERS)
        return Button(_("Read in a list"), url_for("roster.index")) if allowed else None
    if missing.kind is Kind.NO_ASSOCIATION:
        allowed = reader.sees_members
        return Button(_("See who"), url_for("members.index", unit=missing.rows[0].id)) if allowed else None
    if not reader.may(Permission.PLAN_CALLS):
        return None
    if missing.kind is Kind.LATE_ERRANDS:
        return Button(_("Follow up"), url_for("following.all_inbox", show="overdue"))
    if missing.kind is Kind.NO_GOAL:
        url = url_for("goals.edit", unit_id=reader.unit_id, measure=Measure.CONTACTED.value)
        return Button(_("Set a goal"), url)
    return _of_calls(missing, reader)


def _of_calls(missing: Need, reader: Reader) -> Button:
    """To the one list it is about, else to the campaign, else to where one is begun."""
    lists = missing.lists
    if missing.kind is Kind.NOBODY_RESPONSIBLE:
        lists = [one for one in lists if not one.answered_for]
        return _way(_("Name somebody"), lists, reader, whole="campaigns.all_responsible")
    if missing.kind is Kind.NOT_BEGUN:
        return _way(_("Plan an evening"), lists, reader, one="evenings.start")
    if missing.kind is Kind.LATE_CALLS:
        return _way(_("See the lists"), lists, reader)
    return _way(_("See the campaign"), lists, reader)


def _way(
    text: str,
    lists: Sequence[OpenList],
    reader: Reader,
    *,
    one: str = "campaigns.assignment",
    whole: str = "campaigns.show",
) -> Button:
    if len(lists) == 1:
        return Button(text, url_for(one, assignment_id=lists[0].id))
    led = [each for each in lists if reader.may(Permission.PLAN_CALLS, each.owner)]
    if led:
        return Button(text, url_for(whole, campaign_id=led[-1].campaign_id))
    if lists:
        return Button(text, url_for("campaigns.index"))
    return Button(_("Begin a campaign"), url_for("campaigns.add", unit=reader.unit_id))
