"""The access log: who was shown whom, when and why."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import AccessEntry, Why
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.logs import queries, words
from organiser.logs.blueprint import blueprint
from organiser.logs.choosing import Chosen, address, chosen
from organiser.logs.naming import accounts_named, members_named
from organiser.members.models import Member
from organiser.web.paging import page_of


@blueprint.get("/")
@requires(Permission.READ_LOGS)
def index() -> ResponseReturnValue:
    """Sights, newest first: how many members a page showed, without their names."""
    choice = chosen(clock.now())
    page = page_of(queries.together(_sights(), choice))
    return render_template(
        "logs/access.html",
        page=page,
        ids={row.entry_id: UUID(row.entry_id) for row in page.rows},
        choice=choice,
        who=accounts_named({row.actor_id for row in page.rows} | {choice.who}),
        kinds=_kinds(choice),
        whys=words.WHYS,
    )


@blueprint.get("/sights/<uuid:entry_id>")
@requires(Permission.READ_LOGS)
def sight(entry_id: UUID) -> ResponseReturnValue:
    """One of them: whose names stood on that page."""
    one: AccessEntry = db.one_or_404(_sights().where(AccessEntry.id == entry_id))
    page = page_of(queries.shown_with(_sights(), one).order_by(AccessEntry.id))
    names = members_named(row.member_id for row in page.rows)
    who = accounts_named({one.actor_id})[one.actor_id]
    return render_template("logs/sight.html", page=page, one=one, names=names, who=who, whys=words.WHYS)


@blueprint.get("/members/<uuid:member_id>")
@requires(Permission.READ_LOGS)
def member(member_id: UUID) -> ResponseReturnValue:
    """Everyone who was shown one member."""
    ours: Member = db.one_or_404(queries.members_in_reach(current_account()).where(Member.id == member_id))
    page = page_of(queries.sights_of(ours.id))
    name = members_named([ours.id])[str(ours.id)]
    who = accounts_named(row.actor_id for row in page.rows)
    return render_template("logs/member.html", page=page, member=ours, name=name, who=who, whys=words.WHYS)


def reads_all() -> bool:
    """Whether the reader may read the logs of the whole tenant, also of what is gone from it."""
    return db.session.scalar(queries.whole_reach(current_account())) is not None


def _sights() -> Select[AccessEntry]:
    return queries.sights(current_account(), whole=reads_all())


def _kinds(choice: Chosen) -> list[dict[str, object]]:
    everything = [("", str(_("All"))), *((why.value, str(words.WHYS[why])) for why in Why)]
    return [
        {"text": text, "url": address("logs.index", choice, kind=kind), "current": kind == choice.kind}
        for kind, text in everything
    ]
