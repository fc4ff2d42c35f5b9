"""The register: the list one searches, and a member's page."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core.database import db
from organiser.core.i18n import lazy
from organiser.members import queries, tag_queries, words
from organiser.members.blueprint import blueprint
from organiser.members.fields import today
from organiser.members.kinds import MemberStatus
from organiser.members.models import Member
from organiser.members.sheet import member_page
from organiser.members.tag_forms import TagsOfAKind, offered
from organiser.orgs.choosing import unit_choices
from organiser.web import slots
from organiser.web.paging import page_of

EVERYBODY = ""


class Shown(StrEnum):
    """Whom the list shows."""

    CALLABLE = "callable"
    BLOCKED = "blocked"
    WITHOUT_NUMBER = "without_number"
    UNPAID = "unpaid"
    OVER = "over"


LABELS: dict[str, Any] = {
    EVERYBODY: lazy("Everybody"),
    Shown.CALLABLE: lazy("May be rung"),
    Shown.BLOCKED: lazy("Blocked"),
    Shown.WITHOUT_NUMBER: lazy("No number"),
    Shown.UNPAID: lazy("Unpaid"),
    Shown.OVER: lazy("Have left"),
}


def _condition(shown: Shown) -> ColumnElement[bool]:
    if shown is Shown.CALLABLE:
        return queries.callable_on(today())
    if shown is Shown.BLOCKED:
        return queries.blocked()
    if shown is Shown.WITHOUT_NUMBER:
        return queries.without_number()
    if shown is Shown.UNPAID:
        return queries.of_status(MemberStatus.UNPAID)
    return queries.is_over()


@blueprint.get("/members")
@requires(Permission.SEE_MEMBERS)
def index() -> ResponseReturnValue:
    """Search, narrow, leaf through."""
    account = current_account()
    asked = {name: request.args.get(name, "") for name in ("q", "unit", "tag", "show")}
    readable = queries.details_open_to(account)
    query = queries.matching(queries.members_open_to(account, Permission.SEE_MEMBERS), asked["q"], readable)
    units = unit_choices(db.session.scalars(units_open_to(account, Permission.SEE_MEMBERS)))
    unit = next((id for id, _name in units if str(id) == asked["unit"]), None)
    if unit is not None:
        query = queries.in_unit(query, unit)
    if asked["show"] in {*Shown}:
        query = query.where(_condition(Shown(asked["show"])))
    tags = _tags(readable)
    query = query.where(*_tagged(asked["tag"], tags, readable))
    page = page_of(queries.in_full(queries.in_order(query)))
    saw([member.id for member in page.rows], Why.LIST)
    shown = {
        "page": page,
        "asked": asked,
        "units": units,
        "tags": tags,
        "chips": [_chip(key, label, asked) for key, label in LABELS.items()],
        "readable": _readable(page.rows, readable),
        "narrowed": any(asked.values()),
        "add_url": url_for(".add", unit=unit),
        "import_entry": next((entry for entry in slots.menu() if entry.endpoint.startswith("roster.")), None),
        "words": words,
    }
    part = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    return render_template("members/_found.html" if part else "members/index.html", **shown)


def _tags(readable: ColumnElement[bool]) -> list[TagsOfAKind]:
    """The tags of members the reader may see, by kind."""
    near = queries.members_open_to(current_account(), Permission.SEE_MEMBERS).where(readable)
    return offered(db.session.scalars(tag_queries.tags_in_use(among=near)))


def _tagged(
    asked: str, tags: Iterable[TagsOfAKind], readable: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """What the tag asked for demands, if it is one of ``tags``; a filter tells nothing that is hidden."""
    known = {id for group in tags for id, _name in group.tags}
    return [tag_queries.with_tag(UUID(asked)), readable] if asked in known else []


def _chip(key: str, label: Any, asked: dict[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value for name, value in {**asked, "show": key}.items() if value}
    return {"text": label, "url": url_for(".index", **kept), "current": asked["show"] == key}


def _readable(rows: Any, readable: ColumnElement[bool]) -> set[UUID]:
    """Of the members on this page, those whose details the reader may see."""
    hidden = [member.id for member in rows if member.protected]
    query = queries.some(hidden).where(readable)
    entrusted = {member.id for member in db.session.scalars(query)} if hidden else set()
    return entrusted | {member.id for member in rows if not member.protected}


@blueprint.get("/members/<uuid:member_id>")
@requires(Permission.SEE_MEMBERS)
def page(member_id: UUID) -> ResponseReturnValue:
    """What is known of one member."""
    return member_page(member_open(member_id, Permission.SEE_MEMBERS))


def member_open(member_id: UUID, permission: Permission, *, hold: bool = False) -> Member:
    """The member within the reader's scope, else 404; ``hold`` keeps other writers waiting."""
    query = queries.members_open_to(current_account(), permission).where(Member.id == member_id)
    found: Member = db.one_or_404(queries.in_full(queries.held(query) if hold else query))
    return found
