"""Swedish unless the reader says otherwise; the choice stays in the browser's session."""

from urllib.parse import quote

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel

from organiser.core.i18n import LANGUAGES


def chosen() -> str:
    """The reader's choice, else the account's, else the installation's language."""
    choice = (session.get("language") if has_request_context() else None) or g.get("language")
    return str(choice) if choice in LANGUAGES else str(g.get("default_language", "sv"))


def links() -> list[tuple[str, str, str]]:
    """Code, name in its own language, and address of this page in it."""
    now = chosen()
    address = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return [
        (code, name, f"/language/{code}?next={quote(address, safe='/')}")
        for code, name in LANGUAGES.items()
        if code != now
    ]


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask us."""
    Babel(app, locale_selector=chosen, default_domain="messages")
