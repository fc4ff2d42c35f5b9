"""Proofs: that a password, an app's code or a recovery code is the right one. Tries are counted first."""

from datetime import datetime

from flask import current_app

from organiser.accounts import passwords, queries, second_step, throttling
from organiser.accounts.models import Account
from organiser.core.database import db


def by_password(email: str, password: str, address: str, at: datetime) -> Account | None:
    """The open account with this e-mail and password, else none; as slow when there is no such account.
    Raises ``TooMany``. ``address`` is the network address asking.
    """
    by_address, by_email = throttling.sign_ins_from(address), throttling.sign_ins_as(email)
    by_address.take(at)
    by_email.take(at)
    account = db.session.scalar(queries.account_by_email(email))
    right = passwords.matches(account.password if account else None, password)
    if account is None or not right or not account.active:
        return None
    by_address.give_back()
    by_email.forget()
    _keep_fresh(account, password)
    return account


def is_password_of(account: Account, password: str, at: datetime) -> bool:
    """Whether one who is signed in knows the account's password. Raises ``TooMany``."""
    tries = throttling.passwords_of(account.id)
    tries.take(at)
    right = passwords.matches(account.password, password)
    if right:
        tries.forget()
    return right


def is_code_of(account: Account, code: str, at: datetime) -> bool:
    """Whether it is the app's code of now, not used before, or an unused recovery code; it is used up.
    Raises ``TooMany``.
    """
    tries = throttling.codes_of(account.id)
    tries.take(at)
    db.session.refresh(account, ["totp_last_counter", "recovery_codes", "totp_secret"])
    right = _use_app_code(account, account.totp_secret, code, at) or _use_recovery_code(account, code)
    if right:
        tries.forget()
    return right


def confirms_candidate(account: Account, code: str, at: datetime) -> bool:
    """Whether the app that was just given the new secret shows the right code; then it is in force.
    Raises ``TooMany``.
    """
    tries = throttling.codes_of(account.id)
    tries.take(at)
    if not _use_app_code(account, account.totp_candidate, code, at):
        return False
    tries.forget()
    account.totp_secret, account.totp_candidate = account.totp_candidate, None
    return True


def _use_app_code(account: Account, sealed: str | None, code: str, at: datetime) -> bool:
    secret = second_step.unseal(_key(), sealed) if sealed else None
    if secret is None:
        return False
    counter = second_step.counter_of(secret, code, int(at.timestamp()), account.totp_last_counter)
    if counter is not None:
        account.totp_last_counter = counter
    return counter is not None


def _use_recovery_code(account: Account, code: str) -> bool:
    used = second_step.hash_recovery(code)
    if used not in account.recovery_codes:
        return False
    account.recovery_codes = [kept for kept in account.recovery_codes if kept != used]
    return True


def _keep_fresh(account: Account, password: str) -> None:
    if account.password and passwords.is_dated(account.password):
        account.password = passwords.hashed(password)


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
