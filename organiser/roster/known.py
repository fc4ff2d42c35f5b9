"""The register as an import sees it: who is known, and whom a row without a number may be."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from organiser.core.text import search_key

Id = Hashable


@dataclass(frozen=True, slots=True)
class KnownPhone:
    """A number of somebody we know; what a person wrote down no file takes away."""

    e164: str
    kind: str
    from_file: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """A member of the register. ``values`` and ``extra`` are keyed as a row's. ``blocks`` holds the standing
    ones (do_not_call, do_not_email) and whether a person set them; ``left`` those who left or died;
    ``in_scope`` those the file is about at all.
    """

    id: Id
    number: str | None
    organisation_id: Id
    values: Mapping[str, Any]
    phones: tuple[KnownPhone, ...] = ()
    blocks: Mapping[str, bool] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    left: bool = False
    in_scope: bool = True


class Register:
    """Everybody known, found by number or by what else a row says of them."""

    def __init__(self, members: Iterable[Known]) -> None:
        self.members = tuple(members)
        self._by_number = {one.number: one for one in self.members if one.number}

    def numbered(self, number: str) -> Known | None:
        """The member with exactly this number, wherever in the organisation they are."""
        return self._by_number.get(number)

    def zeros_apart(self, number: str) -> Known | None:
        """The one member whose number differs only by the zeros a spreadsheet drops in front."""
        fits = self._by_bare_number.get(number.lstrip("0"), ()) if number.isdecimal() else ()
        return fits[0] if len(fits) == 1 else None

    def like(self, values: Mapping[str, Any], *, with_postcode: bool = True) -> Iterator[list[Known]]:
        """Those in scope who share the row's name and its address, telephone, birthday or postcode: surest
        key first, nobody whose birthday is another.
        """
        if not self._by_person:
            return
        for key in person_keys(values, with_postcode=with_postcode):
            fits = [one for one in self._by_person.get(key, ()) if not born_apart(one.values, values)]
            if fits:
                yield fits

    @cached_property
    def _by_bare_number(self) -> Mapping[str, list[Known]]:
        return _grouped(
            (number.lstrip("0"), one) for number, one in self._by_number.items() if number.isdecimal()
        )

    @cached_property
    def _by_person(self) -> Mapping[tuple[str, ...], list[Known]]:
        return _grouped(
            (key, one)
            for one in self.members
            if one.in_scope
            for key in person_keys({**one.values, "phones": one.phones})
        )


def person_keys(values: Mapping[str, Any], *, with_postcode: bool = True) -> Iterator[tuple[str, ...]]:
    """What tells somebody without a number: the name with an address, a telephone, a birthday, a postcode."""
    name = search_key(values.get("first_name") or "", values.get("last_name") or "")
    if not name:
        return
    if email := values.get("email"):
        yield "email", name, email.casefold()
    for phone in values.get("phones", ()):
        yield "phone", name, phone.e164
    if born := values.get("birth_date"):
        yield "born", name, born.isoformat()
    if with_postcode and (postcode := values.get("postcode")):
        yield "postcode", name, postcode


def born_apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two known birthdays that differ: two people."""
    first, second = one.get("birth_date"), other.get("birth_date")
    return bool(first and second and first != second)


def _grouped(pairs: Iterable[tuple[Any, Known]]) -> Mapping[Any, list[Known]]:
    groups: dict[Any, list[Known]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return groups
