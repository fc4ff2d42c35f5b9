"""The short name of a unit, as files, commands and addresses write it: "dalarna-falun"."""

import re

from organiser.core.text import without_accents

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REST = re.compile(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Whether a text may stand as a short name."""
    return SLUG.fullmatch(text) is not None


def slug_of(name: str, above: str = "") -> str:
    """A short name for a unit, after the one it stands under: ``slug_of("Malung-Sälen", "dalarna")``."""
    plain = _REST.sub("-", without_accents(name.casefold())).strip("-") or "unit"
    return f"{above}-{plain}" if above else plain
