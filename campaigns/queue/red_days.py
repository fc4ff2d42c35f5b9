"""Sweden's red days and the eves kept as such, by the name each has aloud: nobody is rung on them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LANGUAGES = {"sv": "sv", "en": "en_US"}
KINDS = ("public", "optional", "de_facto")
BETWEEN_DAYS = {"Klämdag", "Squeeze day"}  # a working day between two days off is a working day
_HALF_DAY = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True, slots=True)
class RedDay:
    """A day off, by its name in Swedish and in English; two that fall on one day share it."""

    sv: str
    en: str

    def name(self, language: str) -> str:
        """Its name in Swedish (``sv``) or else in English."""
        return self.sv if language == "sv" else self.en


def red_day(day: date) -> RedDay | None:
    """What is celebrated on ``day`` in Sweden; none: an ordinary day, also when it is a Sunday.

    Eves count whole, also those that offices keep from two o'clock (Twelfth Night, Maundy Thursday, Walpurgis
    Night, All Saints' Eve). The Friday after Ascension Day is a working day.
    """
    return red_days_of(day.year).get(day)


@lru_cache(maxsize=8)
def red_days_of(year: int) -> dict[date, RedDay]:
    """Every red day and eve of a year; worked out once a year, and not before somebody asks."""
    swedish, english = (_names(year, language) for language in LANGUAGES.values())
    return {day: RedDay(name, english[day]) for day, name in swedish.items()}


def _names(year: int, language: str) -> dict[date, str]:
    from holidays.countries.sweden import Sweden  # slow to load: only where somebody asks for a day

    days = Sweden(years=year, categories=KINDS, include_sundays=False, language=language)
    named = {day: [_HALF_DAY.sub("", name) for name in days.get_list(day)] for day in sorted(days)}
    kept = {day: [name for name in names if name not in BETWEEN_DAYS] for day, names in named.items()}
    return {day: ", ".join(names) for day, names in kept.items() if names}
