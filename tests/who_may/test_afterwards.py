"""What somebody could open yesterday closes at once: an account closed, a role taken, a member moved away."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, delete, update

from organiser.accounts.models import Account, Grant
from organiser.core.database import db
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Cell, Row, Who
from tests.who_may.test_who_gets_in import CLOSED, SIGN_IN, answered
from tests.who_may.world import ROLES, World

BEHIND_SIGN_IN = [row for row in TABLE if not row.public]
BY_ROLE = [row for row in BEHIND_SIGN_IN if Cell.NO in [row.cells[who] for who in ROLES]]


def let_in(row: Row) -> Who:
    """Somebody whom the table lets in."""
    return next(who for who in ROLES if row.cells[who] is not Cell.NO)


def after(world: World, row: Row, deed: Callable[[Account], Executable]) -> str:
    """What somebody who was let in is answered once ``deed`` is done to their account."""
    who = let_in(row)
    with world.as_it_goes():
        with world.app.app_context():
            db.session.execute(deed(world.accounts[who]))
            db.session.commit()
        return answered(world.ask(who, row.method, world.url(row, Place.OWN, who)), row)


@pytest.mark.parametrize("row", BEHIND_SIGN_IN, ids=str)
def test_a_closed_account_is_nobody_at_its_next_click(sqlite_world: World, row: Row) -> None:
    def close(account: Account) -> Executable:
        return update(Account).where(Account.id == account.id).values(active=False)

    assert after(sqlite_world, row, close) == SIGN_IN


@pytest.mark.parametrize("row", [row for row in BY_ROLE if "/second-step/off" not in row.rule], ids=str)
def test_a_role_taken_away_opens_nothing_at_the_next_click(sqlite_world: World, row: Row) -> None:
    def take(account: Account) -> Executable:
        return delete(Grant).where(Grant.account_id == account.id)

    assert after(sqlite_world, row, take) == CLOSED


@pytest.mark.parametrize("who", [Who.CALLER, Who.ORGANISER])
def test_a_member_who_has_moved_away_is_dealt_to_nobody_here(world: World, who: Who) -> None:
    queue = f"/calls/lists/{world.rooms[Place.OWN].ids['assignment_id']}/next"
    dealt = []
    with world.as_it_goes():
        for _ in range(4):
            call = world.ask(who, "POST", queue).headers["Location"].partition("?")[0]
            page = world.ask(who, "GET", call).text
            assert Place.PARENT.person not in page
            dealt += [name for name in ("Svarar0", "Svarar1", "Svarar2") if name in page]
            world.ask(who, "POST", f"{call}/report", {"outcome": "skipped"})
    assert len(set(dealt)) == 1
