"""What a member is known for: tags put by hand, and what they said they can, like and want to learn."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from organiser.core.database import CreatedAt, SortKey
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.members.kinds import Source, TagKind
from organiser.members.models import Member


class Tag(Tenanted):
    """A word a member may be marked with; ``key`` (organiser.core.text.search_key) is it however written."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("tenant_id", "kind", "key"),)

    kind: Mapped[TagKind]
    name: Mapped[str]
    key: Mapped[str]
    sort_key: Mapped[SortKey]
    created_at: Mapped[CreatedAt]


class MemberTag(Tenanted):
    """A member has a tag, who says so and since when; the same may be said by several.

    ``source_ref`` is where it was said ("survey:<id>:<question id>"), empty where it was put by hand.
    """

    __tablename__ = "member_tag"
    __table_args__ = (UniqueConstraint("tenant_id", "member_id", "tag_id", "source_ref"),)

    member_id, member = belongs_to(Member)
    tag_id, tag = belongs_to(Tag)
    source: Mapped[Source]
    source_ref: Mapped[str] = mapped_column(default="")
    set_at: Mapped[datetime]
    set_by: Mapped[UUID | None]
