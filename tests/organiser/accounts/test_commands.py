"""``ringlista account``: the first administrator comes in by the command line."""

import re
from collections.abc import Callable

from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from campaigns.cli import cli
from organiser.web.frame import Framed
from tests.builders import Tree
from tests.organiser.accounts.conftest import PASSWORD, is_in, sign_in
from tests.page import post

Command = Callable[..., Result]
ADD = ("account", "add", "ada@example.org", "--name", "Ada Ek", "--role", "viewer", "--organisation")


def test_the_printed_link_lets_the_first_person_in(
    ringlista: Command, tree: Tree, client: FlaskClient
) -> None:
    done = ringlista(*ADD, "partiet")
    assert done.exit_code == 0, done.output
    link = re.findall(r"https://ringlista\.example\.org(/link/\S+)", done.output)[0]
    post(client, link, {"new": PASSWORD, "again": PASSWORD})
    sign_in(client, "ada@example.org")
    assert is_in(client)


def test_a_password_with_swedish_letters_given_on_standard_input_lets_in(
    app: Framed, tree: Tree, client: FlaskClient
) -> None:
    done = CliRunner().invoke(cli, [*ADD, "partiet", "--password-stdin"], input=f"{PASSWORD}\n", obj=app)
    assert done.exit_code == 0, done.output
    assert "/link/" not in done.output
    sign_in(client, "ada@example.org")
    assert is_in(client)


def test_a_weak_password_is_refused_and_nothing_is_made(app: Framed, tree: Tree, ringlista: Command) -> None:
    done = CliRunner().invoke(cli, [*ADD, "partiet", "--password-stdin"], input="sommar2024\n", obj=app)
    assert done.exit_code == 2
    assert "ada@example.org" not in ringlista("account", "list").output


def test_an_unknown_unit_is_one_sentence_and_exit_2(ringlista: Command, tree: Tree) -> None:
    done = ringlista(*ADD, "atlantis")
    assert done.exit_code == 2
    assert done.stderr.strip().count("\n") == 0
    assert "atlantis" in done.stderr


def test_a_bad_address_is_refused(ringlista: Command, tree: Tree) -> None:
    done = ringlista("account", "add", "ada", "--name", "A", "--role", "viewer", "--organisation", "partiet")
    assert done.exit_code == 2
    assert "ada is not an e-mail address" in done.stderr


def test_the_list_says_who_is_what_where(ringlista: Command, tree: Tree) -> None:
    ringlista(*ADD, "partiet")
    ringlista(*ADD, "dalarna-falun")
    ringlista(*ADD, "granby")
    [line] = ringlista("account", "list").output.splitlines()
    email, name, state, roles = line.split("\t")
    assert (email, name, state) == ("ada@example.org", "Ada Ek", "invited")
    assert set(roles.split(", ")) == {"viewer in partiet", "viewer in dalarna-falun", "viewer in granby"}
