"""A campaign's days and rules said back in sentences, as far as the form holds together."""

from datetime import date

from campaigns.planning.rules_form import RulesFields
from campaigns.queue.opening_words import hours_in_words
from campaigns.queue.rules import Rules
from organiser.core.i18n import ngettext
from organiser.web.filters import day


def rules_said(form: RulesFields) -> list[str]:
    """When it rings and how often; empty where something must be put right first."""
    try:
        rules = form.rules()
    except (ValueError, TypeError):
        return []
    if not isinstance(form.starts_on.data, date) or not isinstance(form.ends_on.data, date):
        return []
    return said_of(form.starts_on.data, form.ends_on.data, rules)


def said_of(starts_on: date, ends_on: date, rules: Rules) -> list[str]:
    """From when to when, which hours, how many tries."""
    tries = ngettext("%(num)s try at most", "%(num)s tries at most", rules.tries)
    rest = ngettext("%(num)s hour of rest between", "%(num)s hours of rest between", rules.rest_hours)
    return [
        f"{day(starts_on)} – {day(ends_on)}.",
        f"{hours_in_words(rules.hours)}.",
        f"{tries}, {rest}.",
    ]
