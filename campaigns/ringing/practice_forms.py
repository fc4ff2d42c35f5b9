"""What is sent in the practice round: one tap, and where in the round it was made."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class PracticeForm(FlaskForm):
    """``key``: where one is; then one of the three: ``go`` (number or ring), ``value`` (an answer to the
    question), ``outcome`` (how it went, with its time after an @).
    """

    key = HiddenField()
    go = HiddenField()
    value = HiddenField()
    outcome = HiddenField()
