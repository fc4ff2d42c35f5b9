"""What is said on these pages: levels, and why the tree stays as it is."""

from organiser.core.i18n import _, lazy
from organiser.orgs.kinds import OrgKind
from organiser.orgs.services import Obstacle
from organiser.orgs.words import word

OBSTACLES = {
    Obstacle.UNDER_ITSELF: lazy("A unit cannot stand under itself."),
    Obstacle.TOP_STAYS: lazy("The unit at the top stays where it is."),
    Obstacle.OPEN_BELOW: lazy("There are open units below it. Close them first."),
    Obstacle.CLOSED_ABOVE: lazy("The unit above it is closed. Open that one first."),
    Obstacle.SLUG_TAKEN: lazy("There is a unit with that short name already."),
}


def level(kind: OrgKind) -> str:
    """The organisation's word for a level, as it begins a line: "Förening"."""
    plain = word(kind.value)
    return plain[:1].upper() + plain[1:]


def members_counted(number: int) -> str:
    """So many members, "81 medlemmar", with the organisation's own word."""
    return str(_("%(number)s %(members)s", number=number, members=word("member", number)))
