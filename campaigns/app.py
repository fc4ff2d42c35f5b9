"""Ringlista whole: the organiser, and what campaigns add to it."""

from campaigns.activation import pages as activation
from campaigns.evenings import pages as evenings
from campaigns.following import pages as following
from campaigns.log_words import tell_the_log
from campaigns.planning import pages as planning
from campaigns.queue import keeping
from campaigns.ringing import added as ringing
from campaigns.surveys import pages as surveys
from campaigns.totals import keeping as totals
from organiser.app import build_app
from organiser.config import Settings
from organiser.web.frame import Framed


def create_app(settings: Settings | None = None) -> Framed:
    """The application that is served; settings come from RINGLISTA_* when none are given."""
    app = build_app(settings)
    keeping.init_app(app)
    ringing.init_app(app)
    planning.init_app(app)
    following.init_app(app)
    evenings.init_app(app)
    surveys.init_app(app)
    activation.init_app(app)
    totals.init_app(app)
    tell_the_log()
    return app
