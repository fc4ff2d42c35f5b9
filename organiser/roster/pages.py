"""The pages of the import, gathered, and their word in the menu."""

from flask import Flask

from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.roster import draft_views, plan_views, sweeping, views
from organiser.roster.blueprint import blueprint
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, draft_views, plan_views)  # importing them hangs their routes on the blueprint


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    sweeping.init_app(app)
    slots_of(app).menu.append(
        MenuEntry(lazy("Import"), "roster.index", shown=lambda: may(Permission.IMPORT_MEMBERS), position=30)
    )
