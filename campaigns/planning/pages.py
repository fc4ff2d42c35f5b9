"""The organiser's pages of campaigns, gathered, and their word in the menu."""

from flask import Flask

from campaigns.planning import views, views_assignments, views_change, views_new
from campaigns.planning.blueprint import blueprint
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, views_assignments, views_change, views_new)  # importing them hangs their routes there


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    slots_of(app).menu.append(
        MenuEntry(lazy("Campaigns"), "campaigns.index", shown=lambda: may(Permission.PLAN_CALLS), position=30)
    )
