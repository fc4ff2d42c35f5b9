"""What is said of those who ring just now."""

from organiser.core.i18n import _, ngettext


def ringing_words(ringing: int, inside: int) -> str:
    """How many hold somebody just now; where nobody does, how many are let in."""
    if ringing:
        return str(ngettext("%(num)s rings now", "%(num)s ring now", ringing))
    if inside:
        return str(ngettext("%(num)s caller is in", "%(num)s callers are in", inside))
    return str(_("Nobody rings just now"))
