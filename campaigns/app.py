"""Ringlista whole: the organiser, and what campaigns add to it."""

from campaigns.calling import models as _calling
from campaigns.goals import models as _goals
from organiser.app import build_app
from organiser.config import Settings
from organiser.web.frame import Framed


def create_app(settings: Settings | None = None) -> Framed:
    """The application that is served; settings come from RINGLISTA_* when none are given."""
    return build_app(settings)


__all__ = ["_calling", "_goals", "create_app"]
