"""What the organiser follows, gathered."""

from flask import Flask

from campaigns.following import views


def init_app(app: Flask) -> None:
    """Add the pages to an application."""
    app.register_blueprint(views.blueprint)
