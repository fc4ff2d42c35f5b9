"""What the organiser follows, gathered, and its words in the menu."""

from flask import Flask

from campaigns.following import views, views_calls, views_deeds, views_live
from campaigns.following.blueprint import blueprint, live
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, views_deeds, views_live, views_calls)  # importing them hangs their routes there


def init_app(app: Flask) -> None:
    """Add the pages and the menu's words to an application."""
    app.register_blueprint(blueprint)
    app.register_blueprint(live)
    slots_of(app).menu.append(
        MenuEntry(
            lazy("To follow up"),
            "following.all_inbox",
            shown=lambda: may(Permission.PLAN_CALLS),
            position=35,
        )
    )
