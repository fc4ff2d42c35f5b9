"""Where the pages of follow-ups hang, and those of an evening that is under way."""

from flask import Blueprint

blueprint = Blueprint("following", __name__)
live = Blueprint("live", __name__)
