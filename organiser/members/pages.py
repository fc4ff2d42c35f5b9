"""The register's pages, gathered, and their word in the menu."""

from flask import Flask

from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.members import deed_views, edit_views, tag_views, views
from organiser.members.blueprint import blueprint
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, edit_views, deed_views, tag_views)  # importing them hangs their routes on the blueprint


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    slots_of(app).menu.append(
        MenuEntry(lazy("Members"), "members.index", shown=lambda: may(Permission.SEE_MEMBERS), position=20)
    )
