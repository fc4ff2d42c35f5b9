"""``ringlista account``: let the first person in, and see who is there."""

import sys

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from organiser.accounts import links, passwords, queries, securing, services
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.accounts.words import WEAKNESS_WORDS
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.cli import entered, organisation_option, tenant_option
from organiser.orgs.models import Organisation
from organiser.web.command import Refused, in_app, in_app_writing


@click.group("account")
def account_cli() -> None:
    """The people who sign in."""


@account_cli.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What they are called.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do there."
)
@organisation_option
@tenant_option
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; no link then.")
@in_app_writing
def add(
    email: str,
    name: str,
    role: str,
    organisation: str,
    tenant: str | None,
    password_stdin: bool,  # noqa: FBT001  # click's way
) -> None:
    """Give EMAIL a role in an organisation, and an account where there is none yet.

    Prints a link, good for seven days and for one use, with which they make their password.
    """
    address = _checked(email)
    with entered(organisation, tenant) as unit:
        account = db.session.scalar(queries.account_by_email(address))
        account = account or services.new_account(name, address)
        services.give_role(account, unit.id, Role(role))
        if password_stdin:
            _set_password(account, sys.stdin.readline().rstrip("\r\n"))
            click.echo(f"{address} is {role} in {unit.name} and signs in with the password given.")
        elif account.password:
            click.echo(f"{address} is {role} in {unit.name} and signs in as before.")
        else:
            click.echo(f"{address} is {role} in {unit.name}. Make a password here, within seven days:")
            click.echo(links.make_link(account, LinkPurpose.INVITATION, clock.now()))


@account_cli.command("list")
@in_app
def show() -> None:
    """Everyone with an e-mail address: roles, and whether they have made a password."""
    accounts = db.session.scalars(select(Account).where(Account.email.is_not(None)).order_by(Account.email))
    for account in accounts.unique():
        state = "closed" if not account.active else "open" if account.password else "invited"
        click.echo("\t".join([account.email or "", account.name, state, ", ".join(_roles(account))]))


def _roles(account: Account) -> list[str]:
    told = []
    for grant in account.grants:
        with inside(grant.tenant_id):
            unit = db.session.scalars(
                select(Organisation).where(Organisation.id == grant.organisation_id)
            ).one()
        told.append(f"{grant.role.value} in {unit.slug}")
    return told


def _checked(email: str) -> str:
    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Refused(f"{email} is not an e-mail address.") from None
    return email.strip().lower()


def _set_password(account: Account, password: str) -> None:
    weak = passwords.weakness(password, account.name, account.email or "")
    if weak:
        raise Refused(f"The password was not taken. {WEAKNESS_WORDS[weak]}")
    securing.set_password(account, password)
