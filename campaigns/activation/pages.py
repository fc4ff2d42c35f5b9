"""The pages of goals and numbers, gathered, and their word in the menu."""

from flask import Flask

from campaigns.activation import views
from campaigns.goals import views as goals
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.i18n import lazy
from organiser.web.slots import MenuEntry, slots_of


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(goals.blueprint)
    app.register_blueprint(views.blueprint)
    slots_of(app).menu.append(
        MenuEntry(
            lazy("Progress"),
            "activation.index",
            shown=lambda: may(Permission.SEE_NUMBERS),
            position=50,
            also=("goals",),
        )
    )
