"""The forms of a page as a browser would send them, and where each of them leads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from typing import Any
from uuid import UUID

from tests.who_may.bodies import body_of
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Row, Who
from tests.who_may.world import HOST, World

Values = dict[str, list[Any]]


@dataclass(slots=True)
class Form:
    """Where it leads, what is filled in, and what each select offers."""

    action: str
    values: Values = field(default_factory=dict)
    offers: Values = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)

    def filled(self, **other: Any) -> dict[str, Any]:
        """What is sent; ``other`` in place of what stands there, or beside it."""
        return {name: list(values) for name, values in self.values.items()} | other

    def ids(self) -> Iterator[str]:
        """The names of fields that hold or offer an id."""
        for name in sorted({*self.values, *self.offers}):
            if any(is_id(str(one)) for one in (*self.values.get(name, ()), *self.offers.get(name, ()))):
                yield name


def is_id(text: str) -> bool:
    """Whether it is an id as our pages write them."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class Forms(HTMLParser):
    """Every form of a page that is sent with POST."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.found, self.open = url, [Form("")], False
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        name = at.get("name", "")
        if tag == "form":
            self.open = at.get("method", "get").lower() == "post"
            self.found += [Form(at.get("action") or self.url)] if self.open else []
        elif not self.open or name == "csrf_token":
            return
        elif tag == "input" and name and at.get("type") != "file":
            self._input(name, at)
        elif tag == "button" and name:
            self._button(name, at.get("value", ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self._option(at)
        elif tag == "textarea":
            self.area = name
            self.found[-1].put(name, "")

    def _input(self, name: str, at: dict[str, str]) -> None:
        form = self.found[-1]
        if at.get("type") in {"radio", "checkbox"}:
            form.offers.setdefault(name, []).append(at.get("value", "on"))
            if "checked" not in at:
                return
        form.put(name, at.get("value", ""))

    def _button(self, name: str, value: str) -> None:
        if name not in self.found[-1].values:
            self.found[-1].put(name, value)

    def _option(self, at: dict[str, str]) -> None:
        form, value = self.found[-1], at.get("value", "")
        form.offers.setdefault(self.select, []).append(value)
        if "selected" in at or len(form.offers[self.select]) == 1:
            form.values[self.select] = [value]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[-1].values[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def forms_of(html: str, url: str) -> list[Form]:
    """The forms of a page at ``url``."""
    parser = Forms(url)
    parser.feed(html)
    return parser.found[1:]


def every_form(world: World, who: Who, places: tuple[Place, ...]) -> dict[str, Form]:
    """A form for each row that writes, as ``who`` meets it on some page for what stands in ``places``; filled
    in as the page fills it, with what BODIES writes on top.
    """
    found: dict[str, Form] = {}
    for row, place in product([row for row in TABLE if row.method == "GET"], places):
        url = world.url(row, place, who)
        answer = world.ask(who, "GET", url)
        for form in forms_of(answer.text, url) if answer.mimetype == "text/html" else ():
            leads_to = row_of(world, form.action)
            if str(leads_to) not in found:
                found[str(leads_to)] = form
                written = body_of(leads_to, world, place)
                form.values.update({name: [value] for name, value in written.items()})
    return found


def row_of(world: World, action: str) -> Row:
    """The row of the table a form leads to."""
    adapter = world.app.url_map.bind(HOST.partition("//")[2])
    rule, _values = adapter.match(action.partition("?")[0], method="POST", return_rule=True)
    return next(row for row in TABLE if str(row) == f"POST {rule.rule}")
