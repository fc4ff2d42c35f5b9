"""Somebody with an account before a browser of their own, signed in already."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from organiser.accounts.models import Account
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.chromium import visit
from tests.journeys.words import Reader


@contextmanager
def at_a_desk(
    browser: Browser, app: Framed, account: Account, tenant_id: int, language: str, **options: Any
) -> Iterator[Reader]:
    """Their page, in their language; it must stay calm and ask no other host."""
    site, name = app.config["SETTINGS"].public_url, app.config["SESSION_COOKIE_NAME"]
    client = app.test_client()
    Builders(app).sign_in(client, account, tenant_id)
    kept = client.get_cookie(name, domain="ringlista.example.org")
    assert kept is not None
    with visit(browser, **options) as desk:
        desk.page.context.add_cookies([{"name": name, "value": kept.value, "url": site}])
        desk.page.goto(f"{site}/language/{language}")
        yield Reader(desk.page, site, language)
