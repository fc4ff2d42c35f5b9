"""Have the totals kept by an application: a change of a member, a call or a submission is counted."""

from flask import Flask

from campaigns.queue.models import Call
from campaigns.surveys.models import Submission
from campaigns.totals.filling import fill_where_never_counted
from campaigns.totals.services import settle
from organiser.members.register_changes import on_register_change
from organiser.web.command import once_up_to_date


def init_app(app: Flask) -> None:
    """Listen to the register. Last of those who do: who rings a member holds their place on a list first and
    their total afterwards, and so must everybody.
    """
    on_register_change(app, settle, {Call: ("outcome", "reported_at"), Submission: ("counts_at",)})
    once_up_to_date(app, fill_where_never_counted)
