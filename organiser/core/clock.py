"""The one place that reads the clock; everything else is handed a moment."""

from datetime import UTC, datetime


def now() -> datetime:
    """The moment it is, aware, in UTC."""
    return datetime.now(UTC)
