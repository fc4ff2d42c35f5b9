"""What the board is needed for, in words: where, and how many members are waiting."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import get_locale

from campaigns.activation.figures import Row
from campaigns.activation.needs import Kind, Need
from organiser.core.i18n import _, ngettext
from organiser.orgs.words import word
from organiser.web.filters import count

NAMED = 3
"""So many associations are named in one line; where there are two more than that, the others are counted."""
ICONS = {
    Kind.NOT_READ_IN: "file-spreadsheet",
    Kind.NOBODY_RESPONSIBLE: "user-x",
    Kind.NOT_BEGUN: "phone-off",
    Kind.NO_ASSOCIATION: "map-pin",
}


def need(missing: Need) -> dict[str, str]:
    """One line, as the component takes it."""
    return {"icon": ICONS[missing.kind], "text": _text(missing), "note": _note(missing)}


def named(rows: Sequence[Row]) -> str:
    """Their names as they are said: "Falun, Mora och Orsa", or the first few "och 9 till"."""
    names = [row.name for row in rows]
    if len(names) > NAMED + 1:
        more = len(names) - NAMED
        names = [*names[:NAMED], str(ngettext("%(num)s more", "%(num)s more", more))]
    return str(format_list(names, locale=get_locale()))


def _text(missing: Need) -> str:
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
        case Kind.NO_ASSOCIATION:
            members = word("member", missing.members)
            said = _(
                "%(number)s %(members)s in no association", number=count(missing.members), members=members
            )
    return str(said)


def _note(missing: Need) -> str:
    if missing.kind is Kind.NOT_READ_IN:
        return str(_("Their lists are still to be read in."))
    if missing.kind is Kind.NO_ASSOCIATION:
        return str(_("On no call list until somebody moves them to one."))
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
