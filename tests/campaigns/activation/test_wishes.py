"""What members want and can: counted, never whose, and of nothing that fewer than five have said."""

import pytest
from flask.testing import FlaskClient

from campaigns.activation.wishes import TOP, told
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.members.kinds import MemberStatus, TagKind
from organiser.members.services import By
from organiser.members.tag_services import add_tag
from tests.builders import Builders, Tree
from tests.page import get, words


@pytest.fixture
def wishes(make: Builders, tree: Tree) -> None:
    """In Falun seven can cook, five want to learn to speak, four drive; one in Borlänge cooks too."""
    falun = [make.member(tree.tenant_id, tree.falun) for _ in range(7)]
    other = make.member(tree.tenant_id, tree.borlange)
    gone = make.member(tree.tenant_id, tree.falun, status=MemberStatus.LEFT)
    by = By(None, clock.now())
    with make.storing(tree.tenant_id):
        for member in (*falun, other, gone):
            add_tag(member, "Laga mat", by, TagKind.SKILL)
        for member in falun[:5]:
            add_tag(member, "Tala inför folk", by, TagKind.TRAINING)
        for member in falun[:4]:
            add_tag(member, "Köra buss", by, TagKind.TASK)
        for member in falun:
            add_tag(member, "Gnällig", by, TagKind.TAG)


@pytest.mark.parametrize(
    ("role", "said"), [(Role.VIEWER, "Laga mat 5 or more"), (Role.ORGANISER, "Laga mat 8")]
)
@pytest.mark.usefixtures("wishes")
def test_what_most_have_said_is_told_down_to_a_five_to_who_sees_no_members(
    client: FlaskClient, make: Builders, tree: Tree, role: Role, said: str
) -> None:
    account = make.account(tree.tenant_id, (role, tree.district), language="en")
    page = words(get(make.sign_in(client, account, tree.tenant_id), "/district"))
    assert said in page
    assert "Tala inför folk 5" in page
    assert "Köra buss" not in page
    assert "Gnällig" not in page


def test_only_the_first_of_each_kind_stand_there() -> None:
    rows = [(TagKind.SKILL, f"Kan {place}", 50 - place) for place in range(TOP + 3)]
    ((_kind, shown),) = told(rows, exact=True)
    assert [wish.n for wish in shown] == list(range(50, 50 - TOP, -1))
