"""The pages' common address."""

from flask import Blueprint

blueprint = Blueprint("units", __name__, url_prefix="/units")
