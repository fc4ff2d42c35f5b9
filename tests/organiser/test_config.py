"""Settings are read from one place, refused in words a person can act on, and each is told in the manual."""

import re
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaigns.cli import cli
from organiser.config import PREFIX, BadSettings, Settings, read_settings

ROOT = Path(__file__).parents[2]
LONG = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of nobody's: an empty folder, and nothing set but where it is."""
    for name in [f"{PREFIX}{name.upper()}" for name in (*Settings.model_fields, "config")]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RINGLISTA_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def set_file(data: Path, *lines: str) -> None:
    data.mkdir(exist_ok=True)
    (data / "config.env").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_nothing_need_be_set(data: Path) -> None:
    settings = read_settings()
    assert settings.store == f"sqlite:///{data / 'ringlista.db'}"
    assert (settings.time_zone, settings.language, settings.second_step) == ("Europe/Stockholm", "sv", True)
    assert (settings.encrypted, settings.demo, settings.mail_url) == (False, False, None)


def test_a_secret_is_made_once_and_kept_for_the_owner_only(data: Path) -> None:
    first, second = read_settings(), read_settings()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key or "") >= 48
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [path.name for path in data.iterdir()] == ["secret"]


def test_processes_that_start_together_agree_on_one_secret() -> None:
    made: list[str | None] = []
    threads = [threading.Thread(target=lambda: made.append(read_settings().secret_key)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made))) == (8, 1)


def test_a_secret_that_is_given_is_used_and_none_is_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGLISTA_SECRET_KEY", LONG)
    assert read_settings().secret_key == LONG
    assert list(data.iterdir()) == []


def test_a_kept_secret_that_was_damaged_is_refused(data: Path) -> None:
    data.mkdir()
    (data / "secret").write_text("short")
    with pytest.raises(BadSettings, match="secret is too weak"):
        read_settings()


def test_the_file_in_the_data_directory_is_read_and_the_environment_goes_before_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_file(data, "RINGLISTA_LANGUAGE=en", "RINGLISTA_TIME_ZONE=Europe/Helsinki", "# a note")
    monkeypatch.setenv("RINGLISTA_TIME_ZONE", "UTC")
    settings = read_settings()
    assert (settings.language, settings.time_zone) == ("en", "UTC")


def test_another_file_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "elsewhere.env"
    path.write_text("RINGLISTA_LANGUAGE=en\n")
    monkeypatch.setenv("RINGLISTA_CONFIG", str(path))
    assert read_settings().language == "en"
    path.unlink()
    with pytest.raises(BadSettings, match=r"^RINGLISTA_CONFIG: there is no file .*elsewhere\.env$"):
        read_settings()


@pytest.mark.parametrize("line", ["RINGLISTA_DATABSE_URL=sqlite:///a.db", "DATABASE_URL=sqlite:///a.db"])
def test_an_unknown_setting_in_the_file_is_refused(data: Path, line: str) -> None:
    set_file(data, line)
    with pytest.raises(BadSettings, match=r"DATABA?SE_URL: there is no such setting$"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABSE_URL", "sqlite:///a.db", "RINGLISTA_DATABSE_URL: there is no such setting"),
        ("DATABASE_URL", "mysql://host/name", "must begin with postgresql:// or sqlite:///"),
        ("DATABASE_URL", "not an address", "is not a database address"),
        ("DATABASE_URL", "postgresql://host:port/name", "is not a database address"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("SECRET_KEY", "secret", "RINGLISTA_SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 64, "RINGLISTA_SECRET_KEY is too weak"),
        ("MAIL_URL", "mail.example.org", "is not a mail server"),
        ("MAIL_URL", "http://mail.example.org", "is not a mail server"),
        ("MAIL_FROM", "nobody", "is not a sender"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org", "is not a sender"),
        ("PUBLIC_URL", "ringlista.example.org", "is not a web address"),
        ("PUBLIC_URL", "http://ringlista.example.org", "must begin with https://"),
        ("TIME_ZONE", "Stockholm", "is not a time zone"),
        ("LANGUAGE", "no", "RINGLISTA_LANGUAGE Input should be 'sv' or 'en'"),
        ("SECOND_STEP", "perhaps", "RINGLISTA_SECOND_STEP Input should be a valid boolean"),
        ("MAX_UPLOAD_MB", "0", "RINGLISTA_MAX_UPLOAD_MB Input should be greater than"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(BadSettings) as refusal:
        read_settings()
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_all_that_is_wrong_is_said_at_once_and_no_command_runs(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGLISTA_LANGAUGE", "sv")
    monkeypatch.setenv("RINGLISTA_SECRET_KEY", "secret")
    set_file(data, "RINGLISTA_MAIL_URL=mail", "RINGLISTA_FOO=1")
    result = CliRunner().invoke(cli, ["upgrade"])
    assert result.exit_code == 2
    for words in (
        "RINGLISTA_LANGAUGE: there is",
        "SECRET_KEY is too weak",
        "MAIL_URL is not",
        "FOO: there is",
    ):
        assert words in result.stderr
    assert not isinstance(result.exception, BadSettings)
    assert not (data / "ringlista.db").exists()


def test_a_secret_is_never_said_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGLISTA_SECRET_KEY", "hush")
    monkeypatch.setenv("RINGLISTA_DATABASE_URL", "mysql://kim:hush@host/name")
    with pytest.raises(BadSettings) as refusal:
        read_settings()
    assert "hush" not in str(refusal.value)


def test_a_data_directory_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a file stands where the folder should")
    monkeypatch.setenv("RINGLISTA_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(BadSettings, match=r"^RINGLISTA_DATA_DIR: .*data cannot be used: Not a directory$"):
        read_settings()


def test_paths_are_meant_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RINGLISTA_DATA_DIR", "here")
    assert read_settings().store == f"sqlite:///{tmp_path / 'here' / 'ringlista.db'}"
    monkeypatch.setenv("RINGLISTA_DATABASE_URL", "sqlite:///there.db")
    assert read_settings().store == f"sqlite:///{tmp_path / 'there.db'}"


def test_postgresql_is_spoken_to_with_psycopg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGLISTA_DATABASE_URL", "postgresql://kim:p%40ss@db.example.org/ringlista")
    assert read_settings().store == "postgresql+psycopg://kim:p%40ss@db.example.org/ringlista"


def test_each_setting_is_told_in_the_manual() -> None:
    manual = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(RINGLISTA_[A-Z_]+)` \| \S.{20,}", manual, flags=re.MULTILINE))
    assert told == {f"{PREFIX}{name.upper()}" for name in (*Settings.model_fields, "config")}
