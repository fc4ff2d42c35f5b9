"""What a person reads when something is refused or broken: calm words and a way on."""

import logging
import traceback
from dataclasses import dataclass

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from organiser.core.database import db
from organiser.core.engine import may_be_said_again
from organiser.core.i18n import lazy

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """A heading that says what is true, and what to do now."""

    title: str
    text: str


WORDS = {
    400: Words(lazy("That did not arrive whole"), lazy("Go back, reload the page and try again.")),
    401: Words(
        lazy("You are not signed in"), lazy("Your sign-in has ended. Sign in and go on where you were.")
    ),
    403: Words(lazy("This page is not open to you"), lazy("Ask an administrator if you need it.")),
    404: Words(lazy("There is nothing here"), lazy("The page is gone, or the link was cut short.")),
    405: Words(lazy("That cannot be done here"), lazy("Go back and try the buttons on the page.")),
    409: Words(
        lazy("Somebody else was here before you"),
        lazy("This has been changed since you opened it. Open it again and look before you save."),
    ),
    410: Words(lazy("This link has been used"), lazy("Ask the organiser for a new one.")),
    413: Words(
        lazy("The file is too large"), lazy("Split the list in two, or save it as CSV, and try again.")
    ),
    429: Words(lazy("That was many tries in a short time"), lazy("Wait a quarter of an hour and try again.")),
    500: Words(lazy("Something broke here"), lazy("It is our fault, not yours. Nothing half was saved.")),
    503: Words(lazy("Too much at once"), lazy("Nothing was saved. Wait a moment and try again.")),
}


def init_app(app: Flask) -> None:
    """One page for every kind of refusal."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(StaleDataError, lambda _error: page(409))
    app.register_error_handler(DBAPIError, database_refused)
    app.register_error_handler(Exception, broken)


def page(status: int) -> ResponseReturnValue:
    """The error page; it asks the database for nothing, and knows nobody where what we knew is lost."""
    words = WORDS.get(status, WORDS[500])
    shown = {"status": status, "title": words.title, "text": words.text}
    try:
        return render_template("error.html", **shown), status
    except SQLAlchemyError:
        g.account = None
        return render_template("error.html", **shown), status


def refused(error: HTTPException) -> ResponseReturnValue:
    """A refusal of our own or of the library's."""
    if error.response is not None:
        return error.response
    return page(error.code or 500)


def database_refused(error: DBAPIError) -> ResponseReturnValue:
    """Busy beyond patience: come back in a moment. Anything else is our fault."""
    if may_be_said_again(error):
        return page(503)
    return broken(error)


def broken(error: Exception) -> ResponseReturnValue:
    """Log where, never whom: the words of an exception may hold a name."""
    db.session.rollback()
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("request %s failed: %s\n%s", g.get("request_id", "-"), type(error).__name__, where)
    return page(500)
