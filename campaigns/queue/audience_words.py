"""Whom a campaign is for, said in a sentence; and why somebody who may be rung is not on its list."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from campaigns.queue.audience import Audience, WhyNotNow
from organiser.core.i18n import _, lazy, ngettext
from organiser.web.filters import day

WHY_NOT_NOW: dict[WhyNotNow, Any] = {
    WhyNotNow.NOT_CHOSEN: lazy("The campaign is not for them."),
    WhyNotNow.ANSWERED: lazy("They have answered its survey already."),
    WhyNotNow.RECENT: lazy("They were rung so recently that they rest."),
}


def in_words(audience: Audience, units: Mapping[UUID, str], tags: Mapping[UUID, str]) -> str:
    """As in "Members in Falun, 18–30 years old, not contacted for 90 days." ``units`` and ``tags``: their
    names by id; one that is gone is left out of the sentence.
    """
    said = [
        *_places([units[one] for one in audience.units if one in units]),
        *_ages(audience.age_from, audience.age_to),
        *_joined(audience),
        *_contact(audience),
        *_tags([tags[one] for one in audience.tag_ids if one in tags]),
    ]
    return str(_("Members %(which)s.", which=", ".join(said)) if said else _("All members."))


def _places(names: Sequence[str]) -> list[str]:
    return [str(_("in %(places)s", places=_listed(names, _("and"))))] if names else []


def _ages(low: int | None, high: int | None) -> list[str]:
    if low is not None and high is not None:
        return [str(_("%(low)s–%(high)s years old", low=low, high=high))]
    if low is not None:
        return [str(_("%(low)s years or older", low=low))]
    return [str(_("at most %(high)s years old", high=high))] if high is not None else []


def _joined(audience: Audience) -> list[str]:
    since, before = audience.joined_since, audience.joined_before
    return [
        *([str(_("who joined on %(day)s or later", day=day(since)))] if since else []),
        *([str(_("who joined before %(day)s", day=day(before)))] if before else []),
    ]


def _contact(audience: Audience) -> list[str]:
    quiet = audience.not_contacted_days
    return [
        *(
            [str(ngettext("not contacted for %(num)s day", "not contacted for %(num)s days", quiet))]
            if quiet
            else []
        ),
        *([str(_("with a telephone number"))] if audience.with_number else []),
    ]


def _tags(names: Sequence[str]) -> list[str]:
    return [str(_("marked %(tags)s", tags=_listed(names, _("or"))))] if names else []


def _listed(names: Sequence[str], last: str) -> str:
    """Falun, Borlänge and Mora."""
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final
