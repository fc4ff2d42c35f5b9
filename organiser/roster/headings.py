"""Which column of the file means what: certain where the heading is known, else a guess that is shown."""

from organiser.roster.synonyms import FIELDS, Field, field_of, is_inverse

__all__ = ["FIELDS", "Field", "field_of", "is_inverse"]
