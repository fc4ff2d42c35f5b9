"""The frame round a command: settings read, the database there and up to date, refusals as one sentence."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click
from alembic.util import CommandError
from flask import Flask
from flask_alembic import Alembic
from sqlalchemy.exc import DBAPIError

from organiser.config import BadSettings
from organiser.web.frame import in_one_transaction

R = TypeVar("R")
_SLOT = "once_up_to_date"
NEWER = "The database belongs to a newer Ringlista than this one; install the newer one again."


class Refused(click.ClickException):
    """The command cannot be done as asked; one sentence on standard error, exit 2."""

    exit_code = 2


def in_app(command: Callable[..., R]) -> Callable[..., R]:
    """Run a command inside the application, its database made or brought up to date first."""

    @click.pass_context
    @functools.wraps(command)
    def run(context: click.Context, /, *args: Any, **kwargs: Any) -> R:
        app = open_app(context)
        with app.app_context():
            bring_up_to_date(app)
            return command(*args, **kwargs)

    return run


def in_app_writing(command: Callable[..., R]) -> Callable[..., R]:
    """As ``in_app``, and the whole command is one transaction, committed and retried by the frame."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> R:
        return in_one_transaction(lambda: command(*args, **kwargs))

    return in_app(run)


def open_app(context: click.Context) -> Flask:
    """The application: the one a test hands over, or one made from the settings."""
    root = context.find_root()
    if not isinstance(root.obj, Flask):
        try:
            root.obj = root.obj()
        except BadSettings as error:
            raise Refused(str(error)) from None
    return cast("Flask", root.obj)


def bring_up_to_date(app: Flask) -> None:
    """Make or migrate the database; does nothing where it is already as the program wants it. ``Refused``
    where it cannot be reached.

    In a context of its own, at whose end the connection it used is closed: a writer would wait for it. Then
    comes what packages above have to do (``once_up_to_date``).
    """
    alembic = cast("Alembic", app.extensions["alembic"])
    with app.app_context():
        try:
            if not is_up_to_date(alembic):
                alembic.upgrade()
        except DBAPIError as error:
            raise Refused(f"The database cannot be used: {first_line(error)}") from None
        except CommandError:
            raise Refused(NEWER) from None
    for act in app.extensions.get(_SLOT, []):
        with app.app_context():
            act()


def once_up_to_date(app: Flask, act: Callable[[], None]) -> None:
    """Have ``act`` run whenever the database has been found or made up to date: to fill what a migration
    could not. It is quick where nothing is to do, and makes its own transactions.
    """
    app.extensions.setdefault(_SLOT, []).append(act)


def is_up_to_date(alembic: Alembic) -> bool:
    """Whether the database is as this version of the program wants it."""
    wanted = {script.revision for script in alembic.heads()}
    return wanted == {script.revision for script in alembic.current()}


def first_line(error: DBAPIError) -> str:
    """What a database says of its trouble, without the statement that met it."""
    return str(error.orig).strip().partition("\n")[0]
