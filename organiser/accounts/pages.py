"""Puts the pages of accounts into an application: routes, the menu's entry, what every page may use."""

from typing import Any

from flask import Flask, has_request_context, url_for

from organiser.accounts import (  # noqa: F401  # importing them adds their pages
    code_views,
    link_views,
    own_step_views,
    own_views,
    people_views,
    person_views,
    views,
)
from organiser.accounts.blueprints import own, people
from organiser.accounts.current import may, present
from organiser.accounts.demo import demo
from organiser.accounts.permissions import Permission
from organiser.accounts.words import ROLE_WORDS
from organiser.core.i18n import _, lazy
from organiser.web.slots import MenuEntry, slots_of


def init_app(app: Flask) -> None:
    """Register; the short ways in exist in a demonstration only."""
    app.register_blueprint(own)
    app.register_blueprint(people)
    if app.config["SETTINGS"].demo:
        app.register_blueprint(demo)
    slots_of(app).menu.append(
        MenuEntry(
            lazy("Accounts"),
            "people.index",
            shown=lambda: may(Permission.MANAGE_ACCOUNTS),
            position=80,
        )
    )
    app.context_processor(_links)
    app.jinja_env.globals["role_words"] = ROLE_WORDS


def _links() -> dict[str, Any]:
    """Home for everyone; the way out and to one's own account for who is signed in."""
    if not has_request_context():
        return {}
    links: dict[str, Any] = {"home_url": url_for("accounts.home")}
    here = present()
    if here is None:
        return links
    own_links = [{"url": url_for("accounts.account"), "label": _("Your account")}]
    if len(here.account.tenant_ids) > 1:
        own_links.append({"url": url_for("accounts.where"), "label": _("Another organisation")})
    return {**links, "sign_out_url": url_for("accounts.sign_out"), "footer_links": own_links}
