"""Browsers for the pages of the import, as the register's own tests have them."""

from tests.organiser.members.conftest import browser, sights

__all__ = ["browser", "sights"]
