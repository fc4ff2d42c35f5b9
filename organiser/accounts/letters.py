"""Letters to people who have an account, in their language; sent when what they tell of is stored."""

from email.message import EmailMessage
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from organiser.accounts.models import Account
from organiser.core.i18n import _
from organiser.web.frame import after_commit
from organiser.web.mail import letter, mailer


def can_send() -> bool:
    """Whether a mail server is set; else links are handed over by hand."""
    return mailer() is not None


def invite(account: Account, link: str, organisation: str) -> None:
    """How somebody new makes a password; ``organisation`` is the unit they are invited to."""
    with force_locale(account.language):
        subject = _("%(organisation)s invites you to Ringlista", organisation=organisation)
        _post(account, subject, "invitation", link=link, organisation=organisation)


def tell_role(account: Account, role: Any, organisation: str) -> None:
    """Somebody who has an account already may do more now."""
    with force_locale(account.language):
        subject = _("You have a new role in %(organisation)s", organisation=organisation)
        _post(account, subject, "role", role=str(role), organisation=organisation)


def send_reset(account: Account, link: str) -> None:
    """How somebody who forgot makes a new password."""
    with force_locale(account.language):
        _post(account, _("Make a new password"), "reset", link=link)


def tell_changed(account: Account) -> None:
    """Password or second step is another than it was: told, in case it was not the owner."""
    with force_locale(account.language):
        _post(account, _("Your sign-in was changed"), "changed")


def _post(account: Account, subject: str, template: str, **values: Any) -> None:
    carrier = mailer()
    if carrier is None or not account.email:
        return
    home = current_app.config["SETTINGS"].public_url
    text = render_template(f"accounts/mail/{template}.txt", name=account.name, home=home, **values)
    message: EmailMessage = letter(account.email, subject, text)
    after_commit(lambda: carrier.post(message))
