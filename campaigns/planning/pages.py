"""The organiser's pages of campaigns, gathered, and their word in the menu."""

from flask import Flask

from campaigns.planning import views, views_assignments, views_change, views_new
from campaigns.planning.blueprint import blueprint
from campaigns.queue import list_queries
from campaigns.queue.models import Campaign
from organiser.accounts.current import current_account, may
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.i18n import lazy
from organiser.web.slots import MenuEntry, slots_of

PAGES = (views, views_assignments, views_change, views_new)  # importing them hangs their routes there


def init_app(app: Flask) -> None:
    """Add the pages and the menu's word to an application."""
    app.register_blueprint(blueprint)
    slots = slots_of(app)
    slots.menu.append(
        MenuEntry(
            lazy("Campaigns"),
            "campaigns.index",
            shown=lambda: may(Permission.PLAN_CALLS),
            position=30,
            also=("evenings", "live"),
        )
    )
    slots.after_import.append(
        MenuEntry(
            lazy("Make a call campaign for the new members"),
            "campaigns.add_for_newcomers",
            shown=_rings_already,
            position=10,
        )
    )


def _rings_already() -> bool:
    """A first list is rung whole; after that, those who are new are worth a campaign of their own."""
    mine = list_queries.campaigns_open_to(current_account()).with_only_columns(Campaign.id).limit(1)
    return may(Permission.PLAN_CALLS) and db.session.scalar(mine) is not None
