"""The pages' common address."""

from flask import Blueprint

blueprint = Blueprint("logs", __name__, url_prefix="/logs")
