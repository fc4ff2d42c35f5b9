"""Settings from RINGLISTA_* in the environment or a file, and a readable refusal where one is wrong."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "RINGLISTA_"
SECRET_FILE = "secret"  # noqa: S105  # a file's name
WEAK_SECRET = 32  # characters; fewer can be guessed
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSettings(ValueError):
    """The installation's settings are wrong; the words say which and why, for the person who set them."""


def _database(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("is not a database address, like postgresql://user@host/name") from None
    engine = parsed.get_backend_name()
    if engine not in {"postgresql", "sqlite"}:
        raise ValueError("must begin with postgresql:// or sqlite:///")
    if engine == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.database in {None, "", ":memory:"}:
        raise ValueError("must name a file, like sqlite:////var/lib/ringlista/ringlista.db")
    else:
        parsed = parsed.set(database=str(Path(str(parsed.database)).absolute()))
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


def _folder(path: Path) -> Path:
    return path.expanduser().absolute()


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone, like Europe/Stockholm")
    return name


def _sender(address: str) -> str:
    name, _at, host = parseaddr(address)[1].rpartition("@")
    if not name or not host or not address.isprintable():
        raise ValueError("is not a sender, like ringlista@example.org or Ringlista <ringlista@example.org>")
    return address


def default_data_dir() -> Path:
    """Where an installation keeps its files when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "ringlista"


class Settings(BaseSettings):
    """What an installation may set; docs/running.md says each in a sentence."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", env_ignore_empty=True)

    data_dir: Annotated[Path, AfterValidator(_folder)] = Field(default_factory=default_data_dir)
    database_url: Annotated[str | None, AfterValidator(_database)] = None
    secret_key: Annotated[str | None, AfterValidator(_secret)] = None
    mail_url: Annotated[str | None, AfterValidator(_mail)] = None
    mail_from: Annotated[str, AfterValidator(_sender)] = "ringlista@localhost"
    public_url: Annotated[str, AfterValidator(_public)] = "http://127.0.0.1:8321"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Stockholm"
    language: Literal["sv", "en"] = "sv"
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
    file = _file(given)
    faults = [f"{name}: there is no such setting" for name in (*_unknown(os.environ), *_unknown_in(file))]
    try:
        settings = Settings(_env_file=file, **given)  # type: ignore[call-arg]  # pydantic-settings' own way
    except ValidationError as error:
        told = [_sentence(fault) for fault in error.errors() if fault["type"] != "extra_forbidden"]
        raise BadSettings("\n".join(faults + told)) from None
    if faults:
        raise BadSettings("\n".join(faults))
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.secret_key = settings.secret_key or _secret(_kept_secret(settings.data_dir))
    except OSError as error:
        raise BadSettings(f"{PREFIX}DATA_DIR: {settings.data_dir} cannot be used: {error.strerror}") from None
    except ValueError as error:
        raise BadSettings(f"{settings.data_dir / SECRET_FILE} {error}") from None
    return settings


def _unknown(environment: Iterable[str]) -> list[str]:
    known = {f"{PREFIX}{name.upper()}" for name in (*Settings.model_fields, "config")}
    theirs = f"{PREFIX}TEST_"  # the test suite's own
    ours = (name for name in environment if name.startswith(PREFIX) and not name.startswith(theirs))
    return sorted(set(ours) - known)


def _unknown_in(file: Path) -> list[str]:
    """Whatever else stands in the file: a name without our beginning is a slip of the pen there."""
    names = {name.upper() for name in DotEnvSettingsSource(Settings, env_file=file).env_vars}
    return sorted(names - {f"{PREFIX}{name.upper()}" for name in Settings.model_fields})


def _file(given: dict[str, Any]) -> Path:
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named and not Path(named).is_file():
        raise BadSettings(f"{PREFIX}CONFIG: there is no file {named}")
    folder = _folder(Path(given.get("data_dir") or os.environ.get(f"{PREFIX}DATA_DIR") or default_data_dir()))
    return Path(named) if named else folder / "config.env"


def _sentence(fault: Any) -> str:
    name = f"{PREFIX}{'_'.join(str(part) for part in fault['loc']).upper().removeprefix(PREFIX)}"
    return f"{name} {fault['msg'].removeprefix('Value error, ')}"


def _kept_secret(folder: Path) -> str:
    """The secret this installation made for itself, readable by nobody else."""
    path = folder / SECRET_FILE
    if not path.exists():
        draft = folder / f"{SECRET_FILE}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was first, and its secret stands
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
