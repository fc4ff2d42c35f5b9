"""A form shown again with the reason at its top: wrong, or tried too often."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from organiser.accounts.throttling import TooMany
from organiser.core.i18n import _
from organiser.web.filters import clock_time


def refused(form: FlaskForm, reason: str, template: str, **values: Any) -> ResponseReturnValue:
    """The same page, ``reason`` above the form. What was counted stays counted: the answer commits."""
    form.form_errors.append(reason)
    return render_template(template, form=form, **values), 422


def wait(form: FlaskForm, many: TooMany, template: str, **values: Any) -> ResponseReturnValue:
    """Tried too often; when the next try is heard."""
    reason = _("That was many tries. You can try again at %(time)s.", time=clock_time(many.until))
    form.form_errors.append(reason)
    return render_template(template, form=form, **values), 429
