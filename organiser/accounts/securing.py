"""Set a password, give the second step to a phone, make recovery codes. Everything here only flushes."""

from flask import current_app

from organiser.accounts import letters, passwords, second_step
from organiser.accounts.models import Account, SignIn
from organiser.accounts.services import end_sign_ins
from organiser.core.database import db


def set_password(account: Account, password: str, but: SignIn | None = None) -> None:
    """A new password; every other sign-in of the account ends, and its owner is told by mail."""
    account.password = passwords.hashed(password)
    end_sign_ins(account, but)
    letters.tell_changed(account)


def is_demanded(account: Account) -> bool:
    """Whether the account's roles open so much that a password alone is too weak."""
    return bool(current_app.config["SETTINGS"].second_step) and account.sees_many


def asks_second_step(account: Account) -> bool:
    """Whether a password alone does not let this account in: its roles demand more, or its owner chose so."""
    return is_demanded(account) or account.totp_secret is not None


def prepare_second_step(account: Account) -> None:
    """A new secret for the app to scan; the old one stands until the app has shown a right code."""
    account.totp_candidate = second_step.seal(_key(), second_step.new_secret())
    db.session.flush()


def waiting_secret(account: Account) -> str | None:
    """The secret that waits for its first code; none where there is none."""
    return second_step.unseal(_key(), account.totp_candidate) if account.totp_candidate else None


def renew_recovery_codes(account: Account) -> list[str]:
    """Ten new codes, shown this once; the old ones open nothing any more."""
    codes = second_step.new_recovery_codes()
    account.recovery_codes = [second_step.hash_recovery(code) for code in codes]
    db.session.flush()
    return codes


def drop_second_step(account: Account) -> None:
    """Forget the app and the codes: a lost phone. Where the roles demand it, it is set up anew at sign-in."""
    account.totp_secret, account.totp_candidate, account.recovery_codes = None, None, []
    db.session.flush()
    letters.tell_changed(account)


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
