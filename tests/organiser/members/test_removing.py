"""Who keeps something about members is told of those who are removed while everything about them is there."""

from uuid import UUID

import pytest
from sqlalchemy import orm, select

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members import removing
from organiser.members.models import Member, PhoneNumber
from organiser.members.removing import before_removal, remove_members
from organiser.web.frame import Framed, in_one_transaction
from tests.builders import Builders, Tree
from tests.organiser.members.listening import hearing


def test_those_removed_are_told_before_they_go_and_the_register_afterwards(
    app: Framed, make: Builders, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bo, cia = sorted(
        make.member(tree.tenant_id, tree.falun, phone=f"+4670174060{n}").id for n in range(5, 8)
    )
    told: list[tuple[list[UUID], int]] = []

    def listener(session: orm.Session, member_ids: list[UUID]) -> None:
        numbers = select(PhoneNumber.id).where(PhoneNumber.member_id.in_(member_ids))
        told.append((member_ids, len(session.scalars(numbers).all())))

    monkeypatch.setitem(app.extensions, "members_removed", [])
    monkeypatch.setattr(removing, "MANY", 1)
    with hearing(app) as heard, app.app_context(), inside(tree.tenant_id):
        before_removal(app, listener)
        in_one_transaction(lambda: remove_members(db.session(), [cia, anna]))
        assert told == [([anna], 1), ([cia], 1)]
        assert heard == [(tree.tenant_id, [anna, cia])]
        assert db.session.scalars(select(Member.id)).all() == [bo]
