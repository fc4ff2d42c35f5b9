"""Where the pages of surveys hang."""

from flask import Blueprint

blueprint = Blueprint("surveys", __name__, url_prefix="/surveys")
