"""Count everybody: where a register has members and no totals yet (it comes from an older Ringlista), and to
mend totals that a recount finds wrong.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import orm

from campaigns.totals import filling_queries as queries
from campaigns.totals.counting import Moves, no_moves
from campaigns.totals.models import COUNTS, TotalDay
from campaigns.totals.services import count_in, settle, today_of
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.tenancy import here, inside
from organiser.orgs.models import Tenant
from organiser.web.frame import in_one_transaction

AT_A_TIME = 20_000
"""Members, so that memory does not grow with the register."""
WEEKS = 11
"""How far back what happened is told, for the trend to begin with."""


def fill_where_never_counted() -> None:
    """Count everybody in the tenants that have members and no totals; each tenant in one transaction. Where
    there is none, nobody is kept waiting.
    """
    db.session.info["reading"] = True
    waiting = db.session.scalars(queries.tenants_never_counted()).all()
    db.session.remove()
    for tenant_id in waiting:
        with inside(tenant_id):
            in_one_transaction(_fill)


def _fill() -> None:
    session = db.session()
    settle_everybody(session)
    _tell_past_weeks(session, today_of(session))


def settle_everybody(session: orm.Session) -> None:
    """Count all members of our tenant anew, and make every total the sum of them. Only flushes."""
    last: UUID | None = None
    while some := session.scalars(queries.next_ids(last, AT_A_TIME)).all():
        settle(session, some)
        last = some[-1]
    settle(session, session.scalars(queries.counted_without_member()).all())
    count_in(session, _missing(session, today_of(session)))


def _missing(session: orm.Session, today: date) -> Moves:
    """What the totals lack of the sums. They are held first: whoever counts meanwhile waits to add theirs."""
    kept = {
        row[0]: Counter(dict(zip(COUNTS, row[1:], strict=True)))
        for row in session.execute(queries.all_held())
    }
    sums = {
        row[0]: Counter(dict(zip(COUNTS, row[1:], strict=True))) for row in session.execute(queries.sums())
    }
    moves = no_moves()
    for unit_id in kept.keys() | sums.keys():
        moves[unit_id][today].update(sums.get(unit_id, Counter()))
        moves[unit_id][today].subtract(kept.get(unit_id, Counter()))
    return moves


def _tell_past_weeks(session: orm.Session, today: date) -> None:
    """How the totals would have stood at the end of the last weeks, had today's members been members then."""
    zone = session.get_one(Tenant, here()).zone
    days = [today - timedelta(weeks=back) for back in range(1, WEEKS + 1)]
    for day in days:
        ended = datetime.combine(day + timedelta(days=1), time(), zone)
        rows = [
            {"organisation_id": row[0], "on": day, **dict(zip(COUNTS, row[1:], strict=True))}
            for row in session.execute(queries.sums(ended))
        ]
        add_rows(session, TotalDay, rows)
