"""Ringlista whole: the organiser, and what campaigns add to it."""

from campaigns.activation import pages as activation
from campaigns.calling import added as calling
from campaigns.calling import campaigns_pages
from campaigns.log_words import tell_the_log
from organiser.app import build_app
from organiser.config import Settings
from organiser.web.frame import Framed


def create_app(settings: Settings | None = None) -> Framed:
    """The application that is served; settings come from RINGLISTA_* when none are given."""
    app = build_app(settings)
    calling.init_app(app)
    campaigns_pages.init_app(app)
    activation.init_app(app)
    tell_the_log()
    return app
