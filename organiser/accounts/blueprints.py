"""Two groups of pages: one's own sign-in and account, and other people's accounts."""

from flask import Blueprint

own = Blueprint("accounts", __name__)
people = Blueprint("people", __name__, url_prefix="/accounts")
