"""Everything one member's page shows, fetched with as many questions however much there is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select

from organiser.accounts.current import current_account, may
from organiser.accounts.permissions import Permission
from organiser.audit.models import ChangeEntry, Deed, Why
from organiser.audit.services import saw
from organiser.core.database import db
from organiser.core.phone import phone_display
from organiser.members import page_queries, queries, tag_queries, words
from organiser.members.deed_forms import BlockForm, ContactForm, LiftForm
from organiser.members.fields import today
from organiser.members.history import Happening, happenings
from organiser.members.models import Contact, Member
from organiser.members.rules import age_on, why_not_callable
from organiser.members.tag_sheet import empty_form, known_tags, tags_shown
from organiser.orgs.models import Organisation
from organiser.web.slots import member_panels

LOG_LENGTH = 30


def reads_details(member: Member) -> bool:
    """Whether the reader may see where this member lives and is reached."""
    if not member.protected:
        return True
    entrusted = queries.details_open_to(current_account())
    return db.session.scalar(select(Member.id).where(Member.id == member.id, entrusted)) is not None


def member_page(member: Member, status: int = 200, **forms: Any) -> tuple[str, int]:
    """The page of a member (fetched ``in_full``); ``forms`` are those that came back with faults."""
    saw([member.id], Why.PAGE)
    open_details = reads_details(member)
    contacts = db.session.scalars(page_queries.contacts_with(member.id)).all()
    entries = db.session.scalars(page_queries.changes_to(member.id).limit(LOG_LENGTH)).all()
    tags = tags_shown(member, open_details=open_details)
    people = _people(member, contacts, entries, {one.set_by for _kind, some in tags for one in some})
    lookers, sights = db.session.execute(page_queries.sights_of(member.id)).one()
    shown = {
        "member": member,
        "open_details": open_details,
        "line": db.session.scalars(page_queries.line_of(member.organisation)).all(),
        "age": age_on(member.birth_date, today()) if member.birth_date else None,
        "why_not": [words.WHY_NOT[reason] for reason in why_not_callable(member, today())],
        "contacts": contacts,
        "tags": tags,
        "known_tags": known_tags() if may(Permission.EDIT_MEMBERS) and open_details else [],
        "people": people,
        "history": _history(entries, people, private=not open_details),
        "lookers": lookers,
        "sights": sights,
        "words": words,
        "display": phone_display,
        "panels": _panels(member),
        "may_edit": may(Permission.EDIT_MEMBERS),
        "me": current_account().id,
        **_forms(forms),
    }
    return render_template("members/page.html", **shown), status


def _forms(given: dict[str, Any]) -> dict[str, Any]:
    made = {
        "block_form": BlockForm(formdata=None),
        "contact_form": ContactForm(formdata=None),
        "lift_form": LiftForm(formdata=None),
        "tag_form": empty_form(),
        "lifting": None,
        **given,
    }
    return {**made, "form": next((form for form in given.values() if getattr(form, "errors", None)), None)}


def _panels(member: Member) -> list[Markup]:
    """What other packages add; each is drawn with its own words and nothing of ours but the member."""
    return [
        Markup(render_template(template, member=member, **context))  # noqa: S704  # a template's own markup
        for template, context in member_panels(member)
    ]


def _people(
    member: Member, contacts: Sequence[Contact], entries: Sequence[ChangeEntry], others: set[UUID | None]
) -> dict[UUID, str]:
    ids = others | {contact.by_id for contact in contacts} | {entry.actor_id for entry in entries}
    ids |= {id for block in member.blocks for id in (block.set_by, block.lifted_by)}
    ids |= {number.state_by for number in member.numbers}
    named = db.session.execute(page_queries.names_of({id for id in ids if id is not None}))
    return dict(named.all())


def _history(entries: Sequence[ChangeEntry], people: dict[UUID, str], *, private: bool) -> list[Happening]:
    moved = {id for entry in entries for id in entry.changes.get("organisation_id", ()) if id}
    ids = [UUID(id) for id in moved]
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    names = {str(id): name for id, name in rows}
    put_on = [one for one in entries if one.subject == "member_tag" and one.deed is Deed.CREATED]
    if tag_ids := {UUID(one.changes["tag_id"][1]) for one in put_on}:
        names |= {str(id): name for id, name in db.session.execute(tag_queries.names_of_tags(tag_ids))}
    return happenings(entries, people, names, private=private)
