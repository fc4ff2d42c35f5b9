"""One-time links: made for one account, sent or handed over, used up by a POST."""

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from organiser.accounts import queries
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.models import Account, Link
from organiser.accounts.tokens import hash_token, new_token
from organiser.core.database import db

PATH = "/link/"


def make_link(account: Account, purpose: LinkPurpose, at: datetime) -> str:
    """A new link for ``account``, given as its whole address; links it had before open nothing any more."""
    for earlier in db.session.scalars(queries.open_links(account)):
        earlier.used_at = at
    token = new_token()
    db.session.add(
        Link(
            token_hash=hash_token(token),
            account_id=account.id,
            purpose=purpose,
            made_at=at,
            ends_at=at + purpose.lasts,
        )
    )
    db.session.flush()
    return f"{current_app.config['SETTINGS'].public_url}{PATH}{token}"


def find_link(token: str, at: datetime) -> Link | None:
    """The link somebody opened, if it still opens something; looking at it uses nothing up."""
    return db.session.scalar(queries.live_link(hash_token(token), at))


def use_link(link: Link, at: datetime) -> bool:
    """Use a link up; of two who try at the same moment one is told no."""
    query = select(Link).where(Link.id == link.id).with_for_update().execution_options(populate_existing=True)
    held = db.session.scalars(query).one()
    if held.used_at is not None:
        return False
    held.used_at = at
    db.session.flush()
    return True
