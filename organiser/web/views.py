"""Pages of no feature: the choice of language, and whether the server lives."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from organiser.core.i18n import LANGUAGES

blueprint = Blueprint("web", __name__)


@blueprint.get("/language/<code>")
def set_language(code: str) -> ResponseReturnValue:
    """Remember the language and go back to the page one came from, never to another host."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    return redirect(own_address(request.args.get("next")), 303)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Whether this process answers; it never asks the database."""
    return Response("ok", mimetype="text/plain")


def own_address(address: str | None, otherwise: str = "/") -> str:
    """A path on this host, whatever a link claims."""
    parts = urlsplit(address or "")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    tricky = (address or "").startswith(("//", "/\\")) or "\\" in (address or "")
    return str(address) if own and not tricky else otherwise
