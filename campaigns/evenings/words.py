"""What is said of those who ring just now, and of when they may."""

from datetime import datetime

from campaigns.evenings.models import Evening
from campaigns.queue.campaign_rules import Shut, rules_of, why_shut
from organiser.core.i18n import _, ngettext
from organiser.web.filters import clock_time, moment, zone


def ringing_words(ringing: int, inside: int) -> str:
    """How many hold somebody just now; where nobody does, how many are let in."""
    if ringing:
        return str(ngettext("%(num)s rings now", "%(num)s ring now", ringing))
    if inside:
        return str(ngettext("%(num)s caller is in", "%(num)s callers are in", inside))
    return str(_("Nobody rings just now"))


def last_call_at(evening: Evening, at: datetime) -> datetime:
    """When nobody new is dealt any more: at the end of the evening, or of the campaign's hours before it."""
    hours = rules_of(evening.assignment.campaign).hours
    closes_at = hours.closes_at(max(at, evening.starts_at), zone())
    while closes_at and closes_at < evening.ends_at:
        opens_at = hours.opens_at(closes_at, zone())
        if opens_at is None or opens_at >= evening.ends_at:
            return closes_at
        closes_at = hours.closes_at(opens_at, zone())
    return evening.ends_at


def hours_words(evening: Evening, at: datetime) -> str:
    """That nobody is rung in some of the evening, so that it surprises nobody; empty where all of it is."""
    shut = _shut(evening, max(at, evening.starts_at))
    if shut and shut.opens_at:
        return str(_("Nobody can be rung before %(when)s.", when=moment(shut.opens_at)))
    if shut:
        return str(_("Nobody is rung in this campaign just now."))
    last = last_call_at(evening, at)
    if last < evening.ends_at:
        return str(_("Members are rung until %(time)s, by the campaign's hours.", time=clock_time(last)))
    return ""


def _shut(evening: Evening, at: datetime) -> Shut | None:
    """Why nobody is rung then; that one list of many is closed stops no pool."""
    assignment = evening.assignment
    only_the_list = assignment.closed_at is not None and assignment.campaign.closed_at is None
    return None if evening.whole_campaign and only_the_list else why_shut(assignment, at, zone())
