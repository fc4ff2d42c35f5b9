"""Many write at once, about the same members and associations: nobody is counted twice or lost."""

import copy
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError, SAWarning
from sqlalchemy.orm.exc import StaleDataError

from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from tests.builders import Builders
from tests.campaigns.totals.acts import TO_SOMEBODY, Register
from tests.campaigns.totals.plain import assert_all_true

WRITERS, ACTS_EACH = 6, 12


@pytest.mark.parametrize("seed", [1, 2])
def test_the_totals_are_true_after_many_wrote_at_once(make: Builders, seed: int) -> None:
    here = Register(make)
    people = [make.account(here.tenant_id) for _ in range(WRITERS)]

    def write(place: int) -> int:
        mine, rng = copy.copy(here), random.Random(seed * 100 + place)  # noqa: S311  # a story, not a secret
        mine.caller = people[place]
        return sum(happened(mine, rng) for _ in range(ACTS_EACH))

    with ThreadPoolExecutor(WRITERS) as threads:
        done = sum(threads.map(write, range(WRITERS)))
    assert done > WRITERS * ACTS_EACH // 2
    with here.app.app_context(), inside(here.tenant_id), clock.at(here.at):
        assert_all_true(here.root, here.today)
        db.session.rollback()


def happened(here: Register, rng: random.Random) -> bool:
    """Whether the act was done; who comes too late to a member that somebody else just changed is told so."""
    try:
        here.do(rng.choice([*TO_SOMEBODY]), rng.randrange(len(here.ids)), rng.randrange(20))
    except (StaleDataError, IntegrityError, SAWarning):
        return False
    return True
