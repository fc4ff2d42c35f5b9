"""A call guide as a caller reads it, for somebody invented, and what its braces stand for."""

from typing import Any

from campaigns.queue.script import Step, steps_of
from organiser.accounts.current import current_account
from organiser.core.i18n import _, lazy
from organiser.orgs.models import Organisation

MEANINGS: list[tuple[str, Any]] = [
    ("first_name", lazy("the member's first name")),
    ("caller", lazy("the name of whoever rings")),
    ("association", lazy("the member's association")),
    ("district", lazy("the district")),
    ("campaign", lazy("what the campaign is called")),
    ("town", lazy("where the member lives")),
]


def guide_read(script: str, title: str, unit: Organisation) -> list[Step]:
    """The steps with the names of an example filled in: Kim in Åby, rung by the reader."""
    names = {
        "first_name": "Kim",
        "caller": current_account().name or _("your name"),
        "association": unit.name,
        "campaign": title,
        "district": unit.name,
        "town": "Åby",
    }
    return steps_of(script, names)
