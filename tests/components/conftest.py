"""The templates without the app: a plain Jinja environment with the few names that Flask would give them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from tests.components.forms import SpecimenForm

ROOT = Path(__file__).resolve().parents[2]
Render = Callable[..., str]
SQUARE = Markup(
    '<svg width="120" height="120" viewBox="0 0 2 2" role="img" aria-label="Rutkod">'
    '<path d="M0 0h1v1h-1z"/></svg>'
)
EVERYWHERE: dict[str, Any] = {
    "lang": "sv",
    "demo": True,
    "sign_out_url": "/sign-out",
    "acting": {"organisation": "Partiet i Kramfors", "role": "du är ringansvarig"},
    "menu": [
        {"url": "/", "label": "Hem", "current": True},
        {"url": "/call", "label": "Ring", "current": False},
        {"url": "/members", "label": "Medlemmar", "current": False},
        {"url": "/status", "label": "Läget", "current": False},
    ],
    "language_links": lambda: [("sv", "Svenska", "/language/sv"), ("en", "English", "/language/en")],
}


@pytest.fixture
def refused() -> SpecimenForm:
    """The form as it comes back to somebody who left everything out."""
    form = SpecimenForm()
    form.validate()
    return form


@pytest.fixture
def jinja() -> Environment:
    folders = [ROOT / "templates", Path(__file__).parent / "pages"]
    env = Environment(loader=FileSystemLoader(folders), autoescape=True, extensions=["jinja2.ext.i18n"])
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined] # added by the extension
    env.globals |= {"g": {}, "asset": lambda name: f"/static/{name}", "csrf_token": lambda: "a-token"}
    return env


@pytest.fixture
def render(jinja: Environment) -> Render:
    """Render a piece of template text with the given names."""

    def render_text(text: str, **names: Any) -> str:
        return jinja.from_string(text).render(**names)

    return render_text


@pytest.fixture
def page(jinja: Environment, refused: SpecimenForm) -> Callable[[str], str]:
    """A whole page as an organiser in the demo, or a caller, meets it: a specimen or the error page."""

    def render_page(name: str) -> str:
        jinja.globals["g"] = {}
        words: dict[str, Any] = {**EVERYWHERE, "qr": SQUARE}
        if name == "call.html":
            words |= {"demo": False, "menu": []}  # a caller's own view: nowhere to go but the call
        if name == "specimen.html":
            words["form"] = refused
            words["fields"] = [("", "Ta inte med"), ("Person", [("name", "Namn"), ("phone", "Mobil")])]
        if name == "error.html":
            words |= {"title": "Sidan finns inte", "text": "Den är borta, eller så klipptes länken av."}
        return jinja.get_template(name).render(**words)

    return render_page
