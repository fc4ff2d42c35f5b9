"""Whatever happens and in whatever order, the kept totals are what a recount finds."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from organiser.core import clock
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.campaigns.totals.acts import ACTS, Register
from tests.campaigns.totals.plain import assert_all_true

Act = tuple[str, int, int]
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 19)), max_size=25)


def lived(make: Builders, story: list[Act]) -> Register:
    here = Register(make)
    for act in story:
        here.do(*act)
    return here


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=acts)
@example(story=[("report", 0, 0), ("move", 0, 1), ("take_back", 0, 0), ("change", 0, 0), ("wait", 0, 19)])
@example(story=[("read_list", 0, 2), ("answer_survey", 6, 0), ("undo_list", 0, 0), ("undo_list", 0, 0)])
@example(story=[("answer_survey", 1, 1), ("answer_survey", 2, 1), ("wait", 0, 1), ("answer_nothing", 2, 0)])
@example(story=[("change", 1, 2), ("wait", 0, 19), ("say_yes", 1, 1), ("wait", 0, 19), ("change", 1, 1)])
def test_the_totals_are_a_recount_after_any_acts(app: Framed, make: Builders, story: list[Act]) -> None:
    here = lived(make, story)
    with app.app_context(), inside(here.tenant_id), clock.at(here.at):
        assert_all_true(here.root, here.today)
