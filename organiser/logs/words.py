"""What the keys of the logs are called on a page; packages above add theirs to the three tables."""

from collections.abc import Mapping
from typing import Any

from organiser.accounts.words import ROLE_WORDS
from organiser.audit.models import Deed, Why
from organiser.core.i18n import lazy
from organiser.members import words as members

WHYS: dict[Why, Any] = {
    Why.LIST: lazy("In a list"),
    Why.PAGE: lazy("The member’s page"),
    Why.EDIT: lazy("To change something"),
    Why.CALL: lazy("To ring"),
    Why.NUMBER: lazy("The number to dial"),
    Why.IMPORT: lazy("Reading in a list"),
    Why.EXPORT: lazy("Fetched as a file"),
    Why.LOG: lazy("Reading the log"),
}
DEEDS: dict[Deed, Any] = {
    Deed.CREATED: lazy("added"),
    Deed.CHANGED: lazy("changed"),
    Deed.REMOVED: lazy("removed"),
}
SUBJECTS: dict[str, Any] = {
    "member": lazy("Member"),
    "phone_number": lazy("Telephone number"),
    "block": lazy("A block"),
    "contact": lazy("Contact"),
    "tag": lazy("Tag"),
    "member_tag": lazy("A member’s tag"),
    "organisation": lazy("Unit"),
    "tenant": lazy("What all units share"),
    "account": lazy("Account"),
    "role_grant": lazy("Role"),
    "import_batch": lazy("List read in"),
}
FIELDS: dict[str, Any] = {
    **members.FIELD,
    "name": lazy("Name"),
    "kind": lazy("Kind"),
    "code": lazy("Code"),
    "slug": lazy("Short name"),
    "parent_id": lazy("Stands under"),
    "closed_at": lazy("Closed on"),
    "time_zone": lazy("Time zone"),
    "words": lazy("Own words"),
    "member_id": lazy("Member"),
    "account_id": lazy("Account"),
    "role": lazy("Role"),
    "e164": lazy("Telephone"),
    "state": lazy("State"),
    "state_at": lazy("State since"),
    "scope": lazy("What is asked for"),
    "reason": lazy("Reason"),
    "source": lazy("Where it comes from"),
    "set_at": lazy("Set"),
    "set_by": lazy("Set by"),
    "lifted_at": lazy("Lifted"),
    "lifted_by": lazy("Lifted by"),
    "channel": lazy("How"),
    "on": lazy("Day"),
    "by_id": lazy("By"),
    "tag": lazy("Tag"),
    "tag_id": lazy("Tag"),
}
VALUES: dict[str, Mapping[Any, Any]] = {
    "status": members.STATUS,
    "gender": members.GENDER,
    "scope": members.SCOPE,
    "channel": members.CHANNEL,
    "source": members.SOURCE,
    "state": members.NUMBER_STATE,
    "kind": {**members.PHONE_KIND, **members.TAG_KIND},
    "role": ROLE_WORDS,
}
UNTOLD = frozenset(
    {"search_key", "sort_key", "path", "version", "created_at", "position", "key", "source_ref"}
)
"""Columns the program keeps for itself."""
