"""What a file would do: what is odd about it, what becomes of every row, and the yes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.roster import drafts, labels, queries
from organiser.roster.blueprint import blueprint
from organiser.roster.draft_views import draft_open, read_or_gone
from organiser.roster.forms import ConfirmForm
from organiser.roster.grouping import Group, grouped
from organiser.roster.models import ImportBatch, ImportDraft
from organiser.roster.problems import ProblemKind
from organiser.roster.repairs import WEIGHT
from organiser.roster.services import Outcome, carry_out_plan, fingerprint, hold_register, plan_list
from organiser.roster.shown import Tab, lines_of, of_tab
from organiser.web.frame import see_other
from organiser.web.paging import PER_PAGE, Page

CONFLICT = 409


@blueprint.get("/imports/drafts/<uuid:draft_id>/check")
@requires(Permission.IMPORT_MEMBERS)
def check(draft_id: UUID) -> ResponseReturnValue:
    """Problems gathered by what can be done about them, and that no row is lost."""
    draft = draft_open(draft_id)
    planned = plan_list(read_or_gone(draft), draft.organisation)
    groups = grouped(planned.told())
    saw(_members_in_examples(planned, [one for some in groups.values() for one in some]), Why.IMPORT)
    skipped: dict[Any, list[int]] = {}
    for one in planned.read.sheet.skipped:
        skipped.setdefault(labels.SKIPPED[one.why], []).append(one.line)
    return render_template(
        "roster/check.html",
        draft=draft,
        planned=planned,
        counts=planned.plan.counts(),
        groups=[(WEIGHT[weight], some) for weight, some in groups.items() if some],
        skipped=skipped,
        labels=labels,
    )


@blueprint.get("/imports/drafts/<uuid:draft_id>/preview")
@requires(Permission.IMPORT_MEMBERS)
def preview(draft_id: UUID) -> ResponseReturnValue:
    """What becomes of every row, before anything is written."""
    draft = draft_open(draft_id)
    return _preview(draft, plan_list(read_or_gone(draft), draft.organisation))


@blueprint.post("/imports/drafts/<uuid:draft_id>/preview")
@requires(Permission.IMPORT_MEMBERS)
def confirm(draft_id: UUID) -> ResponseReturnValue:
    """Read the list in as it was shown; where the register has changed meanwhile, show it once more."""
    hold_register()
    account = current_account()
    done = queries.batches_open_to(account).where(ImportBatch.id == draft_id)
    if db.session.scalar(done) is not None:
        return see_other(url_for(".receipt", batch_id=draft_id))
    draft, form = draft_open(draft_id), ConfirmForm()
    planned = plan_list(read_or_gone(draft), draft.organisation)
    if not form.validate_on_submit() or form.fingerprint.data != fingerprint(planned):
        return _preview(draft, planned, changed=True), CONFLICT
    carry_out_plan(
        planned, draft.organisation, draft.file_name, clock.now(), account_id=account.id, batch_id=draft.id
    )
    drafts.discard(draft)
    flash(_("The list is read in."))
    return see_other(url_for(".receipt", batch_id=draft_id))


def _preview(draft: ImportDraft, planned: Outcome, *, changed: bool = False) -> str:
    counts = planned.plan.counts()
    tab = _tab(counts)
    rows = of_tab(planned, tab)
    page = _page(rows)
    lines = lines_of(planned, page.rows, current_account())
    saw([line.member_id for line in lines if line.member_id], Why.IMPORT)
    return render_template(
        "roster/preview.html",
        draft=draft,
        planned=planned,
        counts=counts,
        tab=tab,
        page=page,
        lines=lines,
        form=ConfirmForm(formdata=None, fingerprint=fingerprint(planned)),
        changed=changed,
        expected=sum(one.in_scope and not one.left for one in planned.snapshot.members.values()),
        labels=labels,
    )


def _tab(counts: dict[str, int]) -> Tab:
    """What the reader asks for, else the first with something in it."""
    asked = request.args.get("show")
    if asked is None:
        return next((tab for tab in Tab if counts[tab]), Tab.UNCHANGED)
    if asked not in set(Tab):
        abort(404)
    return Tab(asked)


def _page(rows: Sequence[Any]) -> Page[Any]:
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int) or 1), last)
    return Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))


def _members_in_examples(planned: Outcome, groups: Sequence[Group]) -> list[UUID]:
    """The members of the register whose cells, names or numbers stand among the examples."""
    lines = {line for group in groups for line in group.example_lines}
    twins = {
        text for group in groups if group.kind == ProblemKind.PROBABLE_DUPLICATE for text in group.examples
    }
    ids = {one.member_id for one in planned.plan.decisions if one.line in lines}
    ids |= {one.id for one in planned.snapshot.members.values() if one.number in twins and one.in_scope}
    return [member_id for member_id in ids if isinstance(member_id, UUID)]
