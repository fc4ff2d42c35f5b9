"""Whom a row means: somebody we know, somebody new, nobody; one row after the other, in the file's order."""

from collections.abc import Mapping
from typing import Any

from organiser.roster.changes import compare
from organiser.roster.decisions import Decision, DecisionKind
from organiser.roster.known import Id, Known, Register, born_apart, person_keys
from organiser.roster.places import Associations
from organiser.roster.problems import Problem, ProblemKind
from organiser.roster.rows import Row


class Deciding:
    """Remembers what the rows before said: numbers used, members met, people new to us."""

    def __init__(
        self, register: Register, associations: Associations[Any], unit_id: Id, *, tells_association: bool
    ) -> None:
        self.met: set[Id] = set()
        self._register = register
        self._associations = associations
        self._unit_id = unit_id
        self._tells_association = tells_association
        self._rows: set[tuple[Any, ...]] = set()
        self._numbers: set[str] = set()
        self._new: dict[tuple[str, ...], Mapping[str, Any]] = {}

    def decide(self, row: Row) -> Decision:
        """What becomes of the next row of the file."""
        whole = (tuple(row.values.items()), tuple(row.extra.items()))
        if whole in self._rows:
            return Decision(row, DecisionKind.DUPLICATE)
        self._rows.add(whole)
        if row.refused:
            return Decision(row, DecisionKind.REFUSED, problems=row.problems)
        number = row.values.get("member_number", "")
        if number in self._numbers:
            return _refused(row, ProblemKind.NUMBER_TWICE)
        if number:
            self._numbers.add(number)
        known, told = self._find(row, number)
        if why_not := self._why_not(known):
            return _refused(row, why_not)
        return self._create(row, told) if known is None else self._change(row, known, told)

    def _why_not(self, known: Known | None) -> ProblemKind | None:
        if known is None:
            return None
        if not known.in_scope:
            return ProblemKind.NUMBER_ELSEWHERE
        return ProblemKind.NUMBER_TWICE if known.id in self.met else None

    def _find(self, row: Row, number: str) -> tuple[Known | None, tuple[ProblemKind, ...]]:
        if number:
            if known := self._register.numbered(number):
                return known, ()
            zeros = self._register.zeros_apart(number)
            if zeros is not None and zeros.in_scope:
                return zeros, (ProblemKind.NUMBER_ZEROS,)
        return self._find_by_name(row, without_number=bool(number))

    def _find_by_name(
        self, row: Row, *, without_number: bool
    ) -> tuple[Known | None, tuple[ProblemKind, ...]]:
        """By the surest key that fits one person only; of several, one whom the row leaves as they are."""
        several = False
        for fits in self._register.like(row.values, with_postcode=not without_number):
            free = [one for one in fits if one.id not in self.met and not (without_number and one.number)]
            if len(free) == 1:
                return free[0], ()
            several = several or bool(free)
            for one in free:
                if not compare(row, one).fields:
                    return one, ()
        return None, (ProblemKind.SEVERAL_FIT,) if several else ()

    def _create(self, row: Row, told: tuple[ProblemKind, ...]) -> Decision:
        named = row.values.get("association", "")
        place = self._associations.find(named) if named else None
        problems = [*row.problems, *(Problem(row.line, "", kind, row.name) for kind in told)]
        if place is None and (named or self._tells_association):
            problems.append(Problem(row.line, "", ProblemKind.NO_ASSOCIATION, named))
        if (twin := self._twin(row)) is not None and not told:
            problems.append(Problem(row.line, "", ProblemKind.PROBABLE_DUPLICATE, twin))
        home = self._unit_id if place is None else place
        return Decision(row, DecisionKind.CREATED, organisation_id=home, problems=tuple(problems))

    def _change(self, row: Row, known: Known, told: tuple[ProblemKind, ...]) -> Decision:
        self.met.add(known.id)
        named = row.values.get("association", "")
        place = self._associations.find(named) if named else None
        changes = compare(row, known)
        problems = [
            *row.problems,
            *(Problem(row.line, "", kind, row.name) for kind in told),
            *changes.problems,
        ]
        if named and place is None:
            problems.append(Problem(row.line, "", ProblemKind.NO_ASSOCIATION, named))
        moves = place is not None and place != known.organisation_id
        return Decision(
            row,
            DecisionKind.UPDATED if changes.fields or moves else DecisionKind.UNCHANGED,
            member_id=known.id,
            organisation_id=place if moves else known.organisation_id,
            changes=changes.fields,
            add_phones=changes.add_phones,
            drop_phones=changes.drop_phones,
            moved=(known.organisation_id, place) if moves else None,
            problems=tuple(problems),
        )

    def _twin(self, row: Row) -> str | None:
        """The number (or name) of somebody who is probably the same person under another number."""
        twin: str | None = None
        for key in person_keys(row.values, with_postcode=False):
            before = self._new.setdefault(key, row.values)
            if before is not row.values and twin is None and not born_apart(before, row.values):
                twin = str(before.get("member_number", row.name))
        for fits in () if twin is not None else self._register.like(row.values, with_postcode=False):
            return fits[0].number or row.name
        return twin


def _refused(row: Row, kind: ProblemKind) -> Decision:
    problem = Problem(row.line, "", kind, str(row.values.get("member_number", row.name)))
    return Decision(row, DecisionKind.REFUSED, problems=(*row.problems, problem))
