"""``ringlista serve`` answers, believes the proxy it was told of and nobody else, and stops when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import CliRunner
from flask import Response, request
from gunicorn.app.base import BaseApplication
from sqlalchemy import select

from campaigns.app import create_app
from campaigns.cli import cli
from organiser.config import Settings
from organiser.core.database import db
from organiser.serving import Server, behind_proxy, start_line
from organiser.web.frame import Framed
from tests.conftest import SECRET

ROOT = Path(__file__).parents[2]
SERVE = "from campaigns.cli import cli; cli()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, port: int, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The command itself, in a process of its own, stopped at the end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RINGLISTA_")}
    ours = {"RINGLISTA_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--threads", "2"],
        env=clean | ours | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(port: int, path: str) -> tuple[int, str]:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
                return response.status, response.read().decode()
        except URLError as refusal:
            if not isinstance(refusal.reason, ConnectionRefusedError):
                raise
            time.sleep(0.05)
    raise AssertionError("nobody answered")


def test_it_makes_its_database_says_where_it_is_answers_and_stops(tmp_path: Path) -> None:
    port = free_port()
    with served(tmp_path / "data", port) as process:
        assert process.stdout is not None
        assert (
            process.stdout.readline() == f"Ringlista answers at http://127.0.0.1:{port}. Stop with Ctrl-C.\n"
        )
        assert answer(port, "/healthz") == (200, "ok")
        status, page = answer(port, "/")
        assert (status, "<main" in page) == (200, True)
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in rest) == (0, False)
    assert (tmp_path / "data" / "ringlista.db").is_file()


def test_a_port_that_is_taken_is_refused_in_a_sentence(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, secret_key=SECRET))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["serve", "--port", str(port)], obj=app)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"127.0.0.1:{port} cannot be listened on" in result.stderr
    assert "try another --port" in result.stderr


def test_the_start_line_says_where_people_go(tmp_path: Path) -> None:
    inside = Settings(data_dir=tmp_path)
    outside = Settings(data_dir=tmp_path, public_url="https://ringlista.example.org")
    assert start_line(inside, "::1", 80) == "Ringlista answers at http://[::1]:80. Stop with Ctrl-C."
    assert start_line(outside, "127.0.0.1", 8321).startswith(
        "Ringlista answers at https://ringlista.example.org, by way of http://127.0.0.1:8321."
    )


@pytest.mark.parametrize(
    ("public_url", "seen"),
    [
        ("https://ringlista.example.org", ("203.0.113.7", "https")),
        ("http://127.0.0.1:8321", ("127.0.0.1", "http")),
    ],
)
def test_only_a_proxy_before_us_is_believed_about_who_asks(
    tmp_path: Path, public_url: str, seen: tuple[str, str]
) -> None:
    app = create_app(Settings(data_dir=tmp_path, secret_key=SECRET, public_url=public_url))
    behind_proxy(app, app.config["SETTINGS"])
    told: list[tuple[str | None, str]] = []

    @app.after_request
    def note(response: Response) -> Response:
        told.append((request.remote_addr, request.scheme))
        return response

    claims = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Forwarded-Proto": "https"}
    app.test_client().get("/healthz", headers=claims | {"X-Forwarded-Host": "evil.example.com"})
    assert told == [seen]


def test_no_connection_is_handed_on_to_the_processes_that_serve(
    app: Framed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        db.session.scalar(select(1))
        db.session.remove()
        before = db.engine.pool
    monkeypatch.setattr(BaseApplication, "run", lambda _server: None)
    Server(app, "127.0.0.1", free_port(), 2).run()
    with app.app_context():
        assert db.engine.pool is not before
        assert "Connections in pool: 0" in db.engine.pool.status()
