"""``ringlista serve`` and ``ringlista upgrade``: one process of many threads, as SQLite likes it best."""

import socket
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from werkzeug.middleware.proxy_fix import ProxyFix

from organiser import __version__
from organiser.config import Settings
from organiser.core.database import db
from organiser.web.command import Refused, bring_up_to_date, in_app, open_app

TIMEOUT = 60  # seconds; longer than a database's failover takes
GRACE = 30  # seconds a page under way gets when the server is told to stop
DEFAULT_HOST, DEFAULT_PORT, DEFAULT_THREADS = "127.0.0.1", 8321, 8


@click.command("serve")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="The address to listen on.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=DEFAULT_THREADS, show_default=True, type=click.IntRange(1, 256))
@click.pass_context
def serve(context: click.Context, host: str, port: int, threads: int) -> None:
    """Serve the pages until stopped with Ctrl-C; the database is made or brought up to date first."""
    app = open_app(context)
    bring_up_to_date(app)
    refuse_taken(host, port)
    settings: Settings = app.config["SETTINGS"]
    click.echo(start_line(settings, host, port))
    behind_proxy(app, settings)
    Server(app, host, port, threads).run()


@click.command("upgrade")
@in_app
def upgrade() -> None:
    """Make the database, or bring it up to what this version needs; the other commands do it too."""
    click.echo(f"The database is ready for Ringlista {__version__}.")


def start_line(settings: Settings, host: str, port: int) -> str:
    """What the one who starts the server reads."""
    name = f"[{host}]" if ":" in host else host
    listening = f"http://{name}:{port}"
    if settings.encrypted:
        return f"Ringlista answers at {settings.public_url}, by way of {listening}. Stop with Ctrl-C."
    return f"Ringlista answers at {listening}. Stop with Ctrl-C."


def refuse_taken(host: str, port: int) -> None:
    """A sentence now instead of a server that tries in vain."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refused(
            f"{host}:{port} cannot be listened on ({error.strerror}); try another --port."
        ) from None


def behind_proxy(app: Flask, settings: Settings) -> None:
    """Where people reach us over TLS a proxy stands before us, and says who asks and how: the last one only.

    Without one, anybody could say so, and nobody is believed.
    """
    if settings.encrypted:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]  # Flask's own way


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings, never with those of its own environment."""

    def __init__(self, app: Flask, host: str, port: int, threads: int) -> None:
        name = f"[{host}]" if ":" in host else host
        self.app = app
        self.choices: dict[str, Any] = {
            "bind": f"{name}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": TIMEOUT,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
        }
        super().__init__()

    def run(self) -> None:
        """Begin with no connection open: workers would share it, and one inherit what a killed one left."""
        with self.app.app_context():
            db.engine.dispose()
        super().run()

    def load_config(self) -> None:
        for name, value in self.choices.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app
