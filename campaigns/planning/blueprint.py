"""Where the organiser's pages of ringing hang."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__)
