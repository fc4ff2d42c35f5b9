"""What a tenant has set (its time zone, language and words), known to every page and command inside it."""

from flask import Flask, g

from organiser.core.database import db
from organiser.core.tenancy import OutsideTenant
from organiser.orgs import queries, words


def init_app(app: Flask) -> None:
    """Know it in every request; registered after the guard, which enters the tenant."""
    app.before_request(know_tenant)
    app.jinja_env.globals["word"] = words.word


def know_tenant() -> None:
    """Keep what the tenant we are in has set in ``g``; where none is entered, nothing."""
    try:
        query = queries.our_tenant()
    except OutsideTenant:
        return
    tenant = db.session.scalars(query).one()
    g.tenant = tenant  # held, so that whoever gets it by its key asks nobody
    g.zone, g.default_language, g.words = tenant.zone, tenant.language, tenant.words
