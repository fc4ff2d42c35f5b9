"""A file on its way: how it is read, what each column is, and forgetting it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.core.text import search_key
from organiser.members.fields import today
from organiser.roster import drafts, labels, queries
from organiser.roster.blueprint import blueprint
from organiser.roster.draft import shown
from organiser.roster.forms import (
    LONGEST_SAMPLE,
    LOOKED_AT,
    ColumnsForm,
    ReadingForm,
    columns_form,
    grouped_choices,
    guess_of,
    name_of,
    samples,
)
from organiser.roster.models import ImportDraft
from organiser.roster.reading import ReadList
from organiser.roster.rows import Row
from organiser.roster.sheets import CautionKind, Unreadable
from organiser.web.frame import see_other

UNPROCESSABLE = 422
WORDS_SHOWN = 5


def draft_open(draft_id: UUID) -> ImportDraft:
    """The draft, if the one signed in sent it and may still read lists in for its unit; else 404."""
    query = queries.drafts_open_to(current_account(), clock.now()).where(ImportDraft.id == draft_id)
    found: ImportDraft = db.one_or_404(query)
    return found


def read_or_gone(draft: ImportDraft) -> ReadList:
    """The file as it was read before; 404 where it cannot be any more."""
    try:
        return drafts.read_draft(draft, today())
    except Unreadable:
        abort(404)


@blueprint.get("/imports/drafts/<uuid:draft_id>/columns")
@requires(Permission.IMPORT_MEMBERS)
def columns(draft_id: UUID) -> ResponseReturnValue:
    """What each column is taken for, with some of its values."""
    draft = draft_open(draft_id)
    read = read_or_gone(draft)
    return _columns(draft, read, columns_form(read))


@blueprint.post("/imports/drafts/<uuid:draft_id>/columns")
@requires(Permission.IMPORT_MEMBERS)
def settle(draft_id: UUID) -> ResponseReturnValue:
    """Keep the choices, and check the rows next."""
    draft = draft_open(draft_id)
    read = read_or_gone(draft)
    form = columns_form(read)
    if not form.validate_on_submit():
        return _columns(draft, read, form), UNPROCESSABLE
    drafts.settle(draft, form.choices())
    return see_other(url_for(".check", draft_id=draft.id))


@blueprint.post("/imports/drafts/<uuid:draft_id>/reading")
@requires(Permission.IMPORT_MEMBERS)
def read_otherwise(draft_id: UUID) -> ResponseReturnValue:
    """Another encoding, another sheet."""
    draft = draft_open(draft_id)
    form = _reading_form(read_or_gone(draft))
    if form.validate_on_submit():
        try:
            text = read_or_gone(draft).sheet.encoding is not None
            encoding, sheet = (form.encoding.data, None) if text else (None, form.sheet.data or None)
            drafts.read_otherwise(draft, encoding, sheet, today())
        except Unreadable as fault:
            flash(labels.refusal(fault), "error")
    return see_other(url_for(".columns", draft_id=draft.id))


@blueprint.post("/imports/drafts/<uuid:draft_id>/discard")
@requires(Permission.IMPORT_MEMBERS)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Forget the file."""
    drafts.discard(draft_open(draft_id))
    flash(_("The file is forgotten. Nothing was read in."))
    return see_other(url_for(".index"))


def _columns(draft: ImportDraft, read: ReadList, form: ColumnsForm) -> str:
    columns = [
        {
            "name": name_of(one.position),
            "field": form[name_of(one.position)],
            "heading": read.labels[one.position],
            "samples": samples(read, one.position),
            "guess": guess_of(read, one.position),
        }
        for one in read.matches
    ]
    foreign = _foreign_words(read)
    places = {place for column in (*columns, {"samples": foreign}) for place in column["samples"].values()}
    saw(_members_in(draft, [read.rows[place] for place in places]), Why.IMPORT)
    return render_template(
        "roster/columns.html",
        draft=draft,
        read=read,
        form=form,
        columns=columns,
        choices=grouped_choices(),
        reading=_reading_form(read),
        foreign=foreign,
        labels=labels,
    )


def _reading_form(read: ReadList) -> ReadingForm:
    """Set to how the file is read now."""
    form = ReadingForm(encoding=read.sheet.encoding or "utf-8", sheet=read.sheet.sheet_name or "")
    others = [one.text for one in read.sheet.warnings if one.kind is CautionKind.OTHER_SHEET]
    names = [*dict.fromkeys([read.sheet.sheet_name or "", *others])]
    words = [SelectChoice(name, name) for name in names if name]
    form.sheet.choices = [*words, SelectChoice("", _("The one that looks most like a list"))]
    return form


def _foreign_words(read: ReadList) -> dict[str, int]:
    """Some words of the file with letters that another encoding would spoil, with the place of their row."""
    found: dict[str, int] = {}
    for place, record in enumerate(read.sheet.records[:LOOKED_AT]):
        for word in " ".join(record.cells).split():
            if not word.isascii() and len(found) < WORDS_SHOWN:
                found.setdefault(shown(word)[:LONGEST_SAMPLE], place)
    return found


def _members_in(draft: ImportDraft, rows: Sequence[Row]) -> Iterable[UUID]:
    """The members of the register whom these rows of the file are about."""
    numbers = [str(row.values["member_number"]) for row in rows if "member_number" in row.values]
    names = [search_key(row.values.get("first_name", ""), row.values.get("last_name", "")) for row in rows]
    return db.session.scalars(queries.members_like(draft.organisation_id, numbers, names))
