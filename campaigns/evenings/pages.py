"""The pages of an evening and the callers' door, gathered."""

from flask import Flask

from campaigns.evenings import views, views_join


def init_app(app: Flask) -> None:
    """Add the pages to an application."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views_join.blueprint)
