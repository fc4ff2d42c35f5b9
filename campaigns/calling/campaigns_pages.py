"""The organiser's pages of ringing and the callers' door, gathered, and their word in the menu."""

from flask import Flask

from campaigns.calling import views_assignments, views_evenings, views_join, views_organiser
from campaigns.calling.campaigns_blueprint import blueprint
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views_organiser, views_assignments, views_evenings)  # importing them hangs their routes there


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    app.register_blueprint(views_join.blueprint)
    slots_of(app).menu.append(
        MenuEntry(lazy("Campaigns"), "campaigns.index", shown=lambda: may(Permission.PLAN_CALLS), position=30)
    )
