"""Settings from RINGLISTA_* in the environment or a file, and a readable refusal where one is wrong."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "RINGLISTA_"
WEAK_SECRET = 32  # characters; fewer can be guessed
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSettings(ValueError):
    """The installation's settings are wrong; the words say which and why, for the person who set them."""


def _database(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("is not a database address, like postgresql://user@host/name") from None
    if parsed.get_backend_name() not in {"postgresql", "sqlite"}:
        raise ValueError("must begin with postgresql:// or sqlite:///")
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _secret(secret: str | None) -> str | None:
    if secret is not None and (len(secret) < WEAK_SECRET or len(set(secret)) < WEAK_SECRET // 4):
        raise ValueError(
            f"is too weak: {WEAK_SECRET} characters by chance are needed; leave it out and one is made"
        )
    return secret


def _mail(url: str | None) -> str | None:
    if url is not None and (urlsplit(url).scheme not in {"smtp", "smtps"} or not urlsplit(url).hostname):
        raise ValueError("is not a mail server, like smtp://user:password@mail.example.org:587")
    return url


def _public(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not a web address, like https://ringlista.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// unless it is this computer's own address")
    return url.rstrip("/")


def default_data_dir() -> Path:
    """Where an installation keeps its files when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "ringlista"


class Settings(BaseSettings):
    """What an installation may set; docs/running.md says each in a sentence."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", env_ignore_empty=True)

    data_dir: Path = Field(default_factory=default_data_dir)
    database_url: Annotated[str | None, AfterValidator(_database)] = None
    secret_key: Annotated[str | None, AfterValidator(_secret)] = None
    mail_url: Annotated[str | None, AfterValidator(_mail)] = None
    mail_from: str = "ringlista@localhost"
    public_url: Annotated[str, AfterValidator(_public)] = "http://127.0.0.1:8321"
    time_zone: str = "Europe/Stockholm"
    language: str = "sv"
    second_step: bool = True
    demo: bool = False
    max_upload_mb: int = Field(default=20, ge=1, le=200)

    @property
    def store(self) -> str:
        """The database's address: the one set, or the file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ringlista.db'}"

    @property
    def encrypted(self) -> bool:
        """Whether people reach us over TLS, so that cookies may demand it."""
        return self.public_url.startswith("https://")


def read_settings(**given: Any) -> Settings:
    """Settings from ``given``, the environment, then RINGLISTA_CONFIG or config.env in the data directory.

    Raises ``BadSettings`` with every fault at once.
    """
    unknown = sorted(set(_ours(os.environ)) - {f"{PREFIX}{name.upper()}" for name in _names()})
    if unknown:
        raise BadSettings("\n".join(f"{name}: there is no such setting" for name in unknown))
    try:
        settings = Settings(_env_file=_file(given), **given)  # type: ignore[call-arg]  # pydantic-settings' own way
    except ValidationError as error:
        raise BadSettings("\n".join(_sentence(fault) for fault in error.errors())) from None
    if settings.secret_key is None:
        settings.secret_key = _kept_secret(settings.data_dir)
    return settings


def _names() -> set[str]:
    return {*Settings.model_fields, "config"}


def _ours(environment: Any) -> list[str]:
    theirs = ("RINGLISTA_TEST_",)  # the test suite's own
    return [name for name in environment if name.startswith(PREFIX) and not name.startswith(theirs)]


def _file(given: dict[str, Any]) -> Path | None:
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named and not Path(named).is_file():
        raise BadSettings(f"{PREFIX}CONFIG: there is no file {named}")
    folder = Path(given.get("data_dir") or os.environ.get(f"{PREFIX}DATA_DIR") or default_data_dir())
    return Path(named) if named else folder / "config.env"


def _sentence(fault: Any) -> str:
    name = f"{PREFIX}{'_'.join(str(part) for part in fault['loc']).upper().removeprefix(PREFIX)}"
    if fault["type"] == "extra_forbidden":
        return f"{name}: there is no such setting"
    return f"{name} {fault['msg'].removeprefix('Value error, ')}"


def _kept_secret(folder: Path) -> str:
    """The secret this installation made for itself, readable by nobody else."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
