"""The levels of the tree, and the words an organisation uses for them."""

from enum import StrEnum


class OrgKind(StrEnum):
    """What a unit is; any depth of units may stand between root and association."""

    PARTY = "party"
    DISTRICT = "district"
    ASSOCIATION = "association"
