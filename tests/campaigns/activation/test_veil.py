"""What fewer than five have told of themselves cannot be read, nor worked out from all that is shown."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from campaigns.activation.veil import FEW, Cell, Veil, veil_of

numbers = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 30])
cells = st.tuples(numbers, st.integers(0, 30))


def tree(rows: list[list[tuple[int, int]]]) -> list[Cell]:
    """A party, a district for each list of rows, whose first row is the district's own members, the others
    those of its associations; of each how many are counted and how many more members there are.
    """
    made = [Cell(UUID(int=1), "/1/", 0, 0)]
    for place, (own, *associations) in enumerate(rows):
        path = f"/1/{place + 2}/"
        made.append(Cell(UUID(int=100 * (place + 1)), path, sum(own), own[0]))
        for number, one in enumerate(associations, 1):
            unit_id = UUID(int=100 * (place + 1) + number)
            made.append(Cell(unit_id, f"{path}{number}/", sum(one), one[0]))
    return made


def sentences(made: list[Cell], veil: Veil) -> list[tuple[list[int], int]]:
    """All that is shown, on every page, as equations over the units: which of them add up to what."""
    shown = []
    for unit in made:
        below = [int(one.path.startswith(unit.path)) for one in made]
        if unit.unit_id not in veil.rows:
            shown.append(([int(one is unit) for one in made], unit.number))
        if unit.unit_id not in veil.sums:
            shown.append((below, sum(one.number for one in made if one.path.startswith(unit.path))))
    return shown


def solved(equations: list[tuple[list[int], int]]) -> list[list[Fraction]]:
    """The equations brought to their simplest form."""
    rows = [[Fraction(value) for value in (*left, right)] for left, right in equations]
    found: list[list[Fraction]] = []
    for column in range(len(equations[0][0])):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        found = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in found]
        found.append(pivot)
    return found


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=4))
def test_nobody_can_work_out_a_number_from_one_to_four(rows: list[list[tuple[int, int]]]) -> None:
    made = tree(rows)
    veil = veil_of(made)
    for row in solved(sentences(made, veil)):
        alone = [place for place, value in enumerate(row[:-1]) if value]
        if len(alone) == 1:
            assert not 0 < row[-1] < FEW


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=4))
def test_no_sum_of_what_is_hidden_is_small(rows: list[list[tuple[int, int]]]) -> None:
    made = tree(rows)
    veil = veil_of(made)
    for unit in made:
        if unit.unit_id not in veil.sums:
            hidden = [
                one.number for one in made if one.unit_id in veil.rows and one.path.startswith(unit.path)
            ]
            assert not 0 < sum(hidden) < FEW


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=4))
def test_nothing_is_hidden_where_nobody_is_few(rows: list[list[tuple[int, int]]]) -> None:
    many = [[(one * 5, more + FEW) for one, more in district] for district in rows]
    assert veil_of(tree(many)) == Veil()


def test_where_one_is_hidden_the_next_smallest_hides_it() -> None:
    made = tree([[(0, 0), (3, 20), (7, 20), (12, 20)]])
    falun, borlange = made[2].unit_id, made[3].unit_id
    assert veil_of(made) == Veil(frozenset({falun, borlange}), frozenset({falun, borlange}))


def test_a_small_district_is_hidden_and_another_hides_it() -> None:
    made = tree([[(0, 0), (3, 20)], [(0, 0), (9, 20), (30, 20)], [(0, 0), (50, 20)]])
    veil = veil_of(made)
    party, small, other, third = (made[place].unit_id for place in (0, 1, 3, 6))
    assert {small, other} <= veil.sums
    assert third not in veil.sums
    assert party not in veil.sums
