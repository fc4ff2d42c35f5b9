"""The logs' pages, gathered; their word in the menu, and who looked at a member on the member's page."""

from flask import Flask

from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.logs import change_views, views
from organiser.logs.blueprint import blueprint
from organiser.logs.choosing import address
from organiser.web.slots import MenuEntry, Panel, slots_of

PAGES = (views, change_views)  # importing them hangs their routes on the blueprint


def init_app(app: Flask) -> None:
    """Add the pages, the menu's word and the member page's panel to an application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["log_address"] = address
    slots = slots_of(app)
    slots.menu.append(
        MenuEntry(lazy("Logs"), "logs.index", shown=lambda: may(Permission.READ_LOGS), position=90)
    )
    slots.member_panels.append(
        Panel("logs/_panel.html", lambda _member: {"shown": may(Permission.READ_LOGS)}, position=90)
    )
