"""The units' pages, gathered, and their word in the menu."""

from flask import Flask

from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.units import shared_views, views
from organiser.units.blueprint import blueprint
from organiser.units.words import level, members_counted
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, shared_views)  # importing them hangs their routes on the blueprint


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(level=level, members_counted=members_counted)
    slots_of(app).menu.append(
        MenuEntry(lazy("Units"), "units.index", shown=lambda: may(Permission.MANAGE_UNITS), position=70)
    )
