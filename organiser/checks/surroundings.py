"""What is round about: the mail server, the clock, and whether the program was installed whole."""

import smtplib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from organiser import app
from organiser.app import templates_folder
from organiser.checks.finding import Finding, Verdict
from organiser.config import Settings
from organiser.core import clock
from organiser.web.mail import SmtpMailer

PROGRAM = app.HERE
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right is before it."""
AT_LEAST = {
    "static": ("app.css", "app.js", "vendor/htmx.min.js"),
    "translations": ("sv/LC_MESSAGES/messages.mo",),
}


def of_mail(settings: Settings) -> Iterable[Finding]:
    """Whether a letter could be handed over just now."""
    if settings.mail_url is None:
        yield Finding(
            Verdict.LOOK, "No mail server is set: invitations and resets are links you hand over yourself."
        )
        return
    try:
        SmtpMailer(settings.mail_url).greet()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(Verdict.WRONG, f"The mail server does not take letters: {type(error).__name__}.")
    else:
        yield Finding(Verdict.OK, f"The mail server answers; letters come from {settings.mail_from}.")


def of_the_program() -> Iterable[Finding]:
    """The clock, and the files that must have come along."""
    if clock.now() < WRITTEN:
        yield Finding(Verdict.WRONG, "This computer's clock is years behind; codes and links will not work.")
    missing = [str(path) for path in _needed() if not path.is_file() or not path.stat().st_size]
    if missing:
        yield Finding(
            Verdict.WRONG, f"Files of the program are missing, install it again: {', '.join(missing)}"
        )
    else:
        yield Finding(Verdict.OK, "The program is installed whole.")


def _needed() -> list[Path]:
    files = [PROGRAM / folder / name for folder, names in AT_LEAST.items() for name in names]
    return [*files, templates_folder() / "base.html", templates_folder() / "error.html"]
