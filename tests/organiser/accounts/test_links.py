"""Links in letters: a forgotten password, an invitation. One use, for a while, and never by looking."""

from collections.abc import Callable

from flask.testing import FlaskClient

from organiser.accounts.models import Account, Link
from organiser.core.database import db
from organiser.web.frame import Framed
from organiser.web.mail import letter
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import PASSWORD, Hands, Inbox, is_in, sign_in
from tests.page import get, post, words

NEW = {"new": "sju gröna grodor hoppar", "again": "sju gröna grodor hoppar"}


def forgot(client: FlaskClient, inbox: Inbox, email: str = "bo@example.org") -> str:
    post(client, "/forgotten", {"email": email})
    return inbox.links()[-1]


def test_a_forgotten_password_is_made_anew(
    client: FlaskClient, viewer: Account, inbox: Inbox, browser: Callable[[], FlaskClient]
) -> None:
    elsewhere = browser()
    sign_in(elsewhere, "bo@example.org")
    link = forgot(client, inbox)
    assert post(client, link, NEW).location == "/sign-in"
    assert not is_in(elsewhere)
    sign_in(client, "bo@example.org", PASSWORD, 422)
    sign_in(client, "bo@example.org", NEW["new"])
    assert is_in(client)


def test_looking_at_a_link_uses_nothing_up(client: FlaskClient, viewer: Account, inbox: Inbox) -> None:
    link = forgot(client, inbox)
    for _ in range(3):
        get(client, link)
    client.head(link)
    post(client, link, NEW)


def test_a_password_that_is_refused_leaves_the_link_unused(
    client: FlaskClient, viewer: Account, inbox: Inbox
) -> None:
    link = forgot(client, inbox)
    post(client, link, {"new": "kort", "again": "kort"}, 422)
    post(client, link, {"new": "bo@example.org", "again": "bo@example.org"}, 422)
    post(client, link, NEW)


def test_a_link_works_once(client: FlaskClient, viewer: Account, inbox: Inbox) -> None:
    link = forgot(client, inbox)
    post(client, link, NEW)
    get(client, link, 410)
    post(client, link, NEW, 410)


def test_a_link_ends_after_ten_minutes(
    client: FlaskClient, viewer: Account, inbox: Inbox, hands: Hands
) -> None:
    link = forgot(client, inbox)
    hands.on(minutes=9, seconds=59)
    get(client, link)
    hands.on(seconds=1)
    post(client, link, NEW, 410)


def test_a_newer_link_ends_the_older(client: FlaskClient, viewer: Account, inbox: Inbox) -> None:
    older = forgot(client, inbox)
    newer = forgot(client, inbox)
    assert older != newer
    post(client, older, NEW, 410)
    post(client, newer, NEW)


def test_an_unknown_address_gets_the_same_answer_and_no_letter(
    client: FlaskClient, viewer: Account, inbox: Inbox
) -> None:
    known = post(client, "/forgotten", {"email": "bo@example.org"})
    unknown = post(client, "/forgotten", {"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    inbox.links()
    assert [one["To"] for one in inbox.letters] == ["bo@example.org"]


def test_three_letters_in_a_quarter_of_an_hour_are_enough(
    client: FlaskClient, viewer: Account, inbox: Inbox
) -> None:
    for _ in range(3):
        post(client, "/forgotten", {"email": "bo@example.org"})
    post(client, "/forgotten", {"email": "bo@example.org"}, 429)


def test_without_a_mail_server_one_is_sent_to_an_administrator(client: FlaskClient, viewer: Account) -> None:
    page = get(client, "/forgotten")
    assert "csrf_token" not in page.text.partition("<main")[2]
    post(client, "/forgotten", {"email": "bo@example.org"})
    get(client, "/forgotten/sent")


def test_the_letter_speaks_the_readers_language(
    client: FlaskClient, make: Builders, tree: Tree, inbox: Inbox
) -> None:
    make.account(tree.tenant_id, email="en@example.org", language="en")
    forgot(client, inbox, "en@example.org")
    assert inbox.letters[0]["Subject"] == "Make a new password"
    assert "ten minutes" in inbox.letters[0].get_payload(decode=True).decode()


def test_the_database_does_not_know_the_link(
    app: Framed, client: FlaskClient, viewer: Account, inbox: Inbox
) -> None:
    link = forgot(client, inbox)
    with app.app_context():
        kept = db.session.scalars(db.select(Link)).one()
    assert kept.token_hash not in link
    assert link.rpartition("/")[2] not in kept.token_hash


def test_a_mail_server_that_is_gone_breaks_nothing(
    app: Framed, client: FlaskClient, viewer: Account, inbox: Inbox
) -> None:
    assert inbox.mailer
    inbox.mailer._server = inbox.mailer._server._replace(netloc="127.0.0.1:9")
    post(client, "/forgotten", {"email": "bo@example.org"})
    inbox.mailer.finish()
    assert inbox.letters == []


def test_a_line_break_in_a_name_begins_no_header(app: Framed) -> None:
    with app.app_context():
        message = letter("bo@example.org\nBcc: spy@example.org", "Hej\r\nBcc: spy@example.org", "Hej")
    assert message["Bcc"] is None
    assert "\nBcc" not in message.as_string()


def test_a_wrong_link_says_so(client: FlaskClient, tree: Tree) -> None:
    assert words(get(client, "/link/inte-en-riktig-lank", 410))
