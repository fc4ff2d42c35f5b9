"""A tag put on a member by hand, and the tag that narrows the list of members."""

from collections.abc import Iterable
from typing import NamedTuple

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from organiser.core.i18n import lazy
from organiser.core.text import squeeze
from organiser.members.fields import NO_HEALTH, TOO_LONG, choices
from organiser.members.kinds import TagKind
from organiser.members.tag_models import Tag
from organiser.members.tag_services import tag_key
from organiser.members.words import TAG_KIND

LONGEST = 60
"""Characters of a tag written by hand; more is a note."""


class TagForm(FlaskForm):
    """What the member is to be known for."""

    name = StringField(
        lazy("New tag"),
        [DataRequired(lazy("Write what the tag says.")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[lambda text: squeeze(text or "")],
        id="tag-name",
        description=NO_HEALTH,
    )
    kind = SelectField(
        lazy("What does it tell?"),
        choices=choices(TAG_KIND),
        coerce=TagKind,
        default=TagKind.TAG,
        id="tag-kind",
    )

    def validate_name(self, field: StringField) -> None:
        """Something one can search for."""
        if field.data and not tag_key(field.data):
            raise ValidationError(lazy("Write it with letters or figures."))


class TagsOfAKind(NamedTuple):
    """What a select offers under one heading: id and name."""

    heading: object
    tags: list[tuple[str, str]]


def offered(tags: Iterable[Tag]) -> list[TagsOfAKind]:
    """Tags in their order under the words of their kinds, for a select."""
    kept = list(tags)
    groups = [
        TagsOfAKind(word, [(str(tag.id), tag.name) for tag in kept if tag.kind is kind])
        for kind, word in TAG_KIND.items()
    ]
    return [group for group in groups if group.tags]
