"""Where the register's pages hang."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)
