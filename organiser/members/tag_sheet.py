"""What a member's page shows of tags."""

from typing import Any

from organiser.accounts.current import current_account
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.members import queries, tag_queries
from organiser.members.models import Member
from organiser.members.tag_forms import TagForm
from organiser.members.tag_models import MemberTag
from organiser.members.words import TAG_KIND


def tags_shown(member: Member, *, open_details: bool) -> list[tuple[Any, list[MemberTag]]]:
    """The member's tags under the words of their kinds; of a protected member only for those entrusted."""
    if not open_details:
        return []
    worn = db.session.scalars(tag_queries.tags_of(member.id)).all()
    groups = [(word, [one for one in worn if one.tag.kind is kind]) for kind, word in TAG_KIND.items()]
    return [(word, some) for word, some in groups if some]


def known_tags() -> list[str]:
    """Names of tags that members within the reader's reach have: what one most likely means to write."""
    account = current_account()
    near = queries.members_open_to(account, Permission.SEE_MEMBERS).where(queries.details_open_to(account))
    return list(dict.fromkeys(tag.name for tag in db.session.scalars(tag_queries.tags_in_use(among=near))))


def empty_form() -> TagForm:
    """For a tag nobody has written yet."""
    return TagForm(formdata=None)
