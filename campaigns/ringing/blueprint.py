"""Where the caller's pages hang, and what each of their templates may say."""

from flask import Blueprint

from campaigns.ringing.caller_words import for_templates

blueprint = Blueprint("calling", __name__)
blueprint.context_processor(for_templates)
