"""``ringlista doctor`` tells in plain words what is right and what is wrong, and mends nothing."""

import re
import shutil
import socket
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from click.testing import CliRunner, Result

from campaigns.app import create_app
from campaigns.cli import cli
from organiser.app import templates_folder
from organiser.checks import Finding, Verdict, database, place, surroundings
from organiser.config import PREFIX, Settings
from organiser.core import clock
from organiser.web.frame import Framed
from tests.conftest import SECRET

Ringlista = Callable[..., Result]


@pytest.fixture(autouse=True)
def _installed_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout has no compiled words; an install has."""
    program = tmp_path / "program"
    shutil.copytree(surroundings.PROGRAM / "static", program / "static")
    words = program / "translations" / "sv" / "LC_MESSAGES" / "messages.mo"
    words.parent.mkdir(parents=True)
    words.write_bytes(b"words")
    monkeypatch.setattr(surroundings, "PROGRAM", program)


def said(result: Result) -> dict[str, list[str]]:
    """Verdict to sentences."""
    lines: dict[str, list[str]] = {verdict.value: [] for verdict in Verdict}
    for line in result.stdout.splitlines():
        verdict, text = re.fullmatch(r"(ok|look|wrong) +(\S.*)", line).groups()  # type: ignore[union-attr]
        lines[verdict].append(text)
    return lines


def one(findings: Any, verdict: Verdict) -> str:
    texts = [finding.text for finding in findings if finding.verdict is verdict]
    assert len(texts) == 1, texts
    return str(texts[0])


def test_a_sound_installation_has_nothing_wrong(app: Framed, ringlista: Ringlista) -> None:
    result = ringlista("doctor")
    lines = said(result)
    assert (result.exit_code, lines["wrong"]) == (0, [])
    for words in (
        "settings can be read",
        "https://ringlista.example.org",
        "can be written",
        "room on the disk",
    ):
        assert any(words in text for text in lines["ok"]), words
    assert any(re.match(r"The database is (SQLite 3|PostgreSQL 1\d)", text) for text in lines["ok"])
    assert "The database is as this version wants it." in lines["ok"]
    assert any("No mail server is set" in text for text in lines["look"])


def test_settings_that_cannot_be_read_are_told_and_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path))
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY", "weak")
    monkeypatch.setenv(f"{PREFIX}PUBLIC_URL", "nowhere")
    result = CliRunner().invoke(cli, ["doctor"])
    lines = said(result)
    assert result.exit_code == 1
    assert len(lines["wrong"]) == 2
    assert lines["ok"] == ["The program is installed whole."]


def test_it_looks_at_an_empty_folder_without_making_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    result = CliRunner().invoke(cli, ["doctor"])
    lines = said(result)
    assert result.exit_code == 0
    assert any("There is no database yet" in text for text in lines["look"])
    assert any("only for this computer" in text for text in lines["look"])
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_secret_others_can_read_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "secret").chmod(0o644)
    findings = list(place.of_folder(tmp_path))
    assert "chmod 600" in one(findings, Verdict.WRONG)
    assert "chmod 700" in one(findings, Verdict.LOOK)


def test_a_folder_that_cannot_be_written_is_wrong(tmp_path: Path) -> None:
    assert "cannot be written" in one(place.of_folder(tmp_path / "gone"), Verdict.WRONG)


@pytest.mark.parametrize(("megabytes", "verdict"), [(50, Verdict.WRONG), (500, Verdict.LOOK)])
def test_a_full_disk_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, verdict: Verdict
) -> None:
    usage = namedtuple("usage", "free")  # noqa: PYI024  # as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(megabytes * place.MEGABYTE))
    tmp_path.chmod(0o700)
    assert f"{megabytes} MB left" in one(place.of_folder(tmp_path), verdict)


def test_a_demonstration_and_a_missing_second_step_are_worth_a_look(tmp_path: Path) -> None:
    def look(**values: Any) -> str:
        settings = Settings(data_dir=tmp_path, public_url="https://ringlista.example.org", **values)
        return one(place.of_settings(settings), Verdict.LOOK)

    assert "demonstration" in look(demo=True)
    assert "SECOND_STEP is off" in look(second_step=False)


def looked_at(folder: Path, url: str | None = None) -> list[Finding]:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    return list(database.of_database(app))


def test_a_file_that_is_no_database_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "ringlista.db").write_text("this is a letter, not a database" * 100)
    assert "cannot be used: file is not a database" in one(looked_at(tmp_path), Verdict.WRONG)


def test_a_database_of_another_version_is_worth_a_look(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "ringlista.db").execute(
        "CREATE TABLE something (id INTEGER)"
    ).connection.close()
    assert "ringlista upgrade" in one(looked_at(tmp_path), Verdict.LOOK)


def test_a_database_of_a_newer_version_is_wrong_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ringlista.db") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    assert "newer Ringlista" in one(looked_at(tmp_path), Verdict.WRONG)
    app = create_app(Settings(data_dir=tmp_path, secret_key=SECRET))
    refused = CliRunner().invoke(cli, ["upgrade"], obj=app)
    assert (refused.exit_code, "newer Ringlista" in refused.stderr) == (2, True)


def test_a_server_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    findings = looked_at(tmp_path, "postgresql://nobody@127.0.0.1:1/none")
    assert "The database cannot be used: " in one(findings, Verdict.WRONG)


def test_a_command_says_so_too_instead_of_a_traceback(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none", secret_key=SECRET
    )
    result = CliRunner().invoke(cli, ["upgrade"], obj=create_app(settings))
    assert (result.exit_code, "The database cannot be used" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("version", "verdict"), [("14.9", Verdict.WRONG), ("15.0", Verdict.OK), ("18.1", Verdict.OK)]
)
def test_an_old_postgresql_is_wrong(version: str, verdict: Verdict) -> None:
    assert database._of_version(version).verdict is verdict


def test_a_mail_server_that_answers_is_greeted_and_sent_nothing(tmp_path: Path) -> None:
    server = Controller(Sink(), hostname="127.0.0.1", port=0)
    server.port = _free_port()
    server.start()
    try:
        settings = Settings(data_dir=tmp_path, mail_url=f"smtp://127.0.0.1:{server.port}")
        assert "letters come from" in one(surroundings.of_mail(settings), Verdict.OK)
    finally:
        server.stop()
    assert "does not take letters" in one(surroundings.of_mail(settings), Verdict.WRONG)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_clock_that_is_years_behind_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    assert "years behind" in one(surroundings.of_the_program(), Verdict.WRONG)


@pytest.mark.parametrize("name", ["static/app.css", "translations/sv/LC_MESSAGES/messages.mo"])
def test_a_missing_file_of_the_program_is_wrong(name: str) -> None:
    (surroundings.PROGRAM / name).unlink()
    assert name in one(surroundings.of_the_program(), Verdict.WRONG)
    assert (templates_folder() / "base.html").is_file()
