"""Whoever sends a form with more in it than the page asks changes nothing by it."""

from typing import Any

import pytest

from organiser.core.ids import uuid7
from tests.who_may.forms import Form
from tests.who_may.places import Place
from tests.who_may.store import Rows
from tests.who_may.table import TABLE, Row, Who
from tests.who_may.world import World

FORMS = [row for row in TABLE if row.unsafe]
QUIET = frozenset(
    f"POST {rule}"
    for rule in (
        "/sign-in",
        "/sign-in/code",
        "/sign-in/set-up",
        "/forgotten",
        "/link/<token>",
        "/account/password",
        "/account/recovery-codes",
        "/account/second-step",
        "/account/second-step/scan",
        "/account/second-step/off",
        "/where/<int:tenant_id>",
        "/accounts/<uuid:account_id>/reopen",
        "/members/<uuid:member_id>/tags/<uuid:member_tag_id>/return",
        "/units/<uuid:unit_id>/close",
        "/units/<uuid:unit_id>/reopen",
        "/units/shared",
        "/surveys/<uuid:survey_id>/opening",
        "/calls/lists/<uuid:assignment_id>/next",
        "/calls/<uuid:call_id>/undoing",
        "/calls/<uuid:call_id>/other",
        "/calls/<uuid:call_id>/words",
        "/calls/<uuid:call_id>/again",
        "/calls/practice",
        "/campaigns/<uuid:campaign_id>/resuming",
        "/follow-ups/<uuid:follow_up_id>/undoing",
    )
)
"""Forms that do nothing here as they stand: they want a password, or there is nothing to do. All others do
their deed, so that what was sent beside it could have done something.
"""


def forbidden(world: World, form: Form) -> dict[str, str]:
    """What columns are called, with what somebody might wish; but not what the form itself asks for."""
    elsewhere = world.rooms[Place.OTHER].ids
    wished = {
        "tenant_id": world.tree.other_tenant_id,
        "id": uuid7(),
        "organisation_id": elsewhere["unit_id"],
        "member_id": elsewhere["member_id"],
        "account_id": elsewhere["account_id"],
        "made_by_id": elsewhere["account_id"],
        "by_id": elsewhere["account_id"],
        "role": "administrator",
        "is_admin": "1",
        "active": "",
        "protected": "1",
        "version": 999,
        "path": "/",
        "slug": "taken-over",
        "created_at": "2020-01-01T00:00:00",
        "closed_at": "2020-01-01T00:00:00",
        "source": "person",
    }
    asked = {*form.values, *form.offers}
    return {name: str(value) for name, value in wished.items() if name not in asked}


def left_by(world: World, form: Form, **extra: Any) -> tuple[int, Rows]:
    """The answer to a form, and every table afterwards."""
    with world.as_it_goes():
        answer = world.ask(Who.ADMINISTRATOR, "POST", form.action, form.filled(**extra))
        return answer.status_code, world.kept.rows()


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_fields_nobody_asked_for_change_nothing(
    sqlite_world: World, forms: dict[str, Form], row: Row
) -> None:
    form = forms.get(str(row)) or Form(sqlite_world.url(row, Place.OWN, Who.ADMINISTRATOR))
    extra = forbidden(sqlite_world, form)
    if "protected" not in {*form.values, *form.offers}:
        assert len(extra) >= 10
    status, plain = left_by(sqlite_world, form)
    status_then, then = left_by(sqlite_world, form, **extra)
    assert status_then == status
    did_its_deed = plain != sqlite_world.kept.rows()
    assert did_its_deed is (str(row) not in QUIET)
    assert {table: rows - plain[table] for table, rows in then.items() if rows != plain[table]} == {}
