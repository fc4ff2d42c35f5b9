"""The organiser on its own: organisations, members and their lists, the people who sign in, and the logs."""

import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app, g, url_for
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from organiser.accounts import current, guard
from organiser.accounts import pages as accounts
from organiser.audit import services as audit
from organiser.config import Settings, read_settings
from organiser.core.database import db
from organiser.core.engine import POSTGRES_OPTIONS, tune_sqlite
from organiser.core.migrating import Migrating
from organiser.logs import pages as logs
from organiser.members import pages as members
from organiser.orgs import setting
from organiser.roster import pages as roster
from organiser.units import pages as units
from organiser.web import errors, filters, headers, language, mail, slots
from organiser.web.frame import Framed
from organiser.web.views import blueprint as web

HERE = Path(__file__).parent
WEEK = 7 * 24 * 3600
csrf = CSRFProtect()
alembic = Migrating(run_mkdir=False, command_name="")
logging.getLogger("alembic").setLevel(logging.WARNING)


def templates_folder() -> Path:
    """Inside the package when installed, beside it in a checkout."""
    packed = HERE / "templates"
    return packed if packed.is_dir() else HERE.parent / "templates"


def build_app(settings: Settings | None = None) -> Framed:
    """A complete application of the organiser package; ``settings`` are read when none are given."""
    settings = settings or read_settings()
    app = Framed("organiser", template_folder=str(templates_folder()), static_folder=str(HERE / "static"))
    app.config.from_mapping(_config(settings))
    db.init_app(app)
    csrf.init_app(app)
    alembic.init_app(app)
    for part in (language, headers, errors, filters, mail, guard, setting, audit, accounts):
        part.init_app(app)
    guard.declare(app, {"web.set_language": guard.PUBLIC, "web.alive": guard.PUBLIC})
    app.register_blueprint(web)
    members.init_app(app)
    roster.init_app(app)
    units.init_app(app)
    logs.init_app(app)
    app.context_processor(_page)
    app.jinja_env.globals["asset"] = asset
    with app.app_context():
        _tune(db.engine)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    cookie = "__Host-ringlista" if settings.encrypted else "ringlista"
    postgres = make_url(settings.store).get_backend_name() == "postgresql"
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.store,
        "SQLALCHEMY_ENGINE_OPTIONS": POSTGRES_OPTIONS if postgres else {},
        "ALEMBIC": {"script_location": str(HERE / "migrations"), "version_locations": []},
        "ALEMBIC_CONTEXT": {"compare_type": True, "render_as_batch": True, "transactional_ddl": True},
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_SECURE": settings.encrypted,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": settings.max_upload_mb * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # asks for the Referer that our own Referrer-Policy keeps back
        "BABEL_TRANSLATION_DIRECTORIES": str(HERE / "translations"),
        "BABEL_DEFAULT_LOCALE": settings.language,
    }


def _tune(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)


@lru_cache(maxsize=64)
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, new whenever its content is."""
    return url_for("static", filename=name, v=_fingerprint(HERE / "static" / name))


def _page() -> dict[str, Any]:
    """What every template may use."""
    return {
        "menu": slots.menu,
        "lang": language.chosen(),
        "demo": current_app.config["SETTINGS"].demo,
        "language_links": language.links,
        "may": current.may,
        "present": current.present,
        "acting": g.get("acting"),
    }
