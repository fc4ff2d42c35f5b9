"""What roles are called, and what is said of a password that is refused."""

from organiser.accounts.passwords import Weakness
from organiser.accounts.permissions import Role
from organiser.core.i18n import lazy

ROLE_WORDS = {
    Role.ADMINISTRATOR: lazy("Administrator"),
    Role.ORGANISER: lazy("Organiser"),
    Role.CALLER: lazy("Caller"),
    Role.VIEWER: lazy("Viewer"),
}
ROLE_HINTS = {
    Role.ADMINISTRATOR: lazy("Everything an organiser may, and decides who may do what."),
    Role.ORGANISER: lazy("Reads in member lists, plans the calls, sees every member."),
    Role.CALLER: lazy("Rings one member at a time."),
    Role.VIEWER: lazy("Sees how far we have come, never a member. For the board."),
}
WEAKNESS_WORDS = {
    Weakness.SHORT: lazy("Use at least 8 characters. A sentence you remember is best."),
    Weakness.LONG: lazy("That is too long. 256 characters are enough."),
    Weakness.COMMON: lazy("That is among the first passwords anyone would try. Choose another."),
    Weakness.OWN: lazy("Do not use your own name or address."),
}


def role_word(role: Role) -> str:
    """What a role is called, in the reader's language."""
    word: str = ROLE_WORDS[role]
    return word
