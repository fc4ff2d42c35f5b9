"""The letter that brings a caller their link; it never brings the code, which is said aloud."""

from flask import render_template

from campaigns.evenings.models import Evening
from campaigns.evenings.services import Invited
from organiser.core.i18n import _
from organiser.web.filters import clock_time, weekday, zone
from organiser.web.frame import after_commit
from organiser.web.mail import letter, mailer


def send_links(evening: Evening, invited: list[Invited]) -> int:
    """Post each link that has an address, once this is stored; gives how many: none where no mail is set."""
    carrier = mailer()
    addressed = [one for one in invited if one.invitation.email]
    if carrier is None:
        return 0
    begins = evening.starts_at.astimezone(zone())
    when = _("%(day)s at %(time)s", day=weekday(begins.date()), time=clock_time(evening.starts_at))
    subject = _("Come and ring with %(unit)s", unit=evening.unit.name)
    for one in addressed:
        text = render_template(
            "evenings/mail/link.txt",
            name=one.invitation.name,
            unit=evening.unit.name,
            when=when,
            link=one.address,
        )
        message = letter(one.invitation.email, subject, text)
        after_commit(lambda message=message: carrier.post(message))  # type: ignore[misc]
    return len(addressed)
