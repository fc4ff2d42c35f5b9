"""Sends letters: plain text, one reader each, off the request so that no answer waits for a mail server."""

import logging
import smtplib
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, current_app

from organiser.config import LOOPBACK

PATIENCE = 15  # seconds
TLS_PORT = 465
PORT = 25
log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Whatever can carry a letter."""

    def post(self, letter: EmailMessage) -> None:
        """Send it soon; a failure is logged, never raised."""


class SmtpMailer:
    """Hands letters to the server of RINGLISTA_MAIL_URL, one after the other, in a thread of its own."""

    def __init__(self, url: str) -> None:
        self._server: SplitResult = urlsplit(url)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
        self._last: Future[None] | None = None

    def post(self, letter: EmailMessage) -> None:
        self._last = self._thread.submit(self._send, letter)

    def close(self) -> None:
        """Send what is posted, then stop."""
        self._thread.shutdown(wait=True)

    def finish(self) -> None:
        """Wait until everything posted so far is sent or given up."""
        if self._last is not None:
            self._last.result()

    def greet(self) -> None:
        """Connect and sign in as for a letter, and send none; raises what ``smtplib`` raises."""
        with self._connected() as server:
            server.noop()

    def _send(self, letter: EmailMessage) -> None:
        try:
            with self._connected() as server:
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            log.error("a letter could not be sent: %s", type(error).__name__)  # noqa: TRY400  # its words hold the address

    def _connected(self) -> smtplib.SMTP:
        host, trusted = self._server.hostname or "", ssl.create_default_context()
        if self._server.scheme == "smtps":
            port = self._server.port or TLS_PORT
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(host, self._server.port or PORT, timeout=PATIENCE)
            server.ehlo()
            if server.has_extn("starttls") and host not in LOOPBACK:
                server.starttls(context=trusted)
        if self._server.username:
            server.login(unquote(self._server.username), unquote(self._server.password or ""))
        return server


def init_app(app: Flask) -> None:
    """A mailer where a mail server is set, else none."""
    url = app.config["SETTINGS"].mail_url
    app.extensions["mailer"] = SmtpMailer(url) if url else None


def mailer() -> Mailer | None:
    """Who carries our letters; none where no mail server is set."""
    carrier: Mailer | None = current_app.extensions["mailer"]
    return carrier


def letter(to: str, subject: str, text: str) -> EmailMessage:
    """A letter in plain text; a line break in what somebody wrote never begins a header."""
    message = EmailMessage()
    message["From"] = current_app.config["SETTINGS"].mail_from
    message["To"] = " ".join(to.split())
    message["Subject"] = " ".join(subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message
