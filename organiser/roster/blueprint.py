"""Where the pages of the import hang."""

from flask import Blueprint

blueprint = Blueprint("roster", __name__)
