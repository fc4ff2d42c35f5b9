"""What the components promise, read from their markup."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import Environment, nodes

from tests.components.conftest import ROOT, Render
from tests.components.forms import SpecimenForm

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "organiser" / "static"
ICON_ARGUMENT = {"icon": 0, "submit": 2, "button": 2, "tag": 2, "choice": 2} | dict.fromkeys(
    ("link_button", "post_button", "empty_state"), 3
)
INLINE = re.compile(r"(?i)<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|\|\s*safe\b")
SHIPPED = (TEMPLATES / "components" / "lucide.html").read_text(encoding="utf-8")
KINDS = ("form", "button", "table", "chart", "card", "page", "call", "import", "icon")


def all_templates() -> list[str]:
    """Every page and part; mail has rules of its own."""
    found = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    return sorted(name for name in found if not name.startswith("mail/"))


def order(html: str, *parts: str) -> bool:
    """Whether the parts stand in the markup in this order."""
    places = [html.index(part) for part in parts]
    return places == sorted(places)


class Wellformed(HTMLParser):
    """Knows which elements are open; an end without its beginning is a fault."""

    EMPTY = frozenset({"meta", "link", "input", "br"})
    ENDS_A_P = frozenset({"form", "div", "p", "ul", "ol", "dl", "h2", "fieldset", "table"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says something twice")
        if "p" in self.open and tag in self.ENDS_A_P:
            self.faults.append(f"<{tag}> inside a <p>")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


@pytest.mark.parametrize("name", ["specimen.html", "call.html", "error.html"])
def test_a_page_of_components_is_well_formed(page: Callable[[str], str], name: str) -> None:
    reader = Wellformed()
    reader.feed(page(name))
    assert reader.faults == []
    assert reader.open == []


@pytest.mark.parametrize("name", all_templates())
def test_no_template_holds_a_script_a_style_or_unescaped_text(name: str) -> None:
    assert INLINE.search((TEMPLATES / name).read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("name", all_templates())
def test_every_icon_that_a_template_asks_for_is_shipped(jinja: Environment, name: str) -> None:
    tree = jinja.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    asked: set[str] = set()
    for call in tree.find_all(nodes.Call):
        place = ICON_ARGUMENT.get(getattr(call.node, "name", ""))
        given = [k.value for k in call.kwargs if k.key == "icon_name"]
        if place is not None and len(call.args) > place:
            given.append(call.args[place])
        for value in given:
            asked |= {value.value} if isinstance(value, nodes.Const) else set()
    for pair in tree.find_all(nodes.Pair):
        if pair.key == nodes.Const("icon") and isinstance(pair.value, nodes.Const):
            asked.add(pair.value.value)
    assert {name for name in asked - {""} if f'== "{name}"' not in SHIPPED} == set()


def test_other_peoples_files_are_those_the_readme_names() -> None:
    check = subprocess.run([sys.executable, ROOT / "scripts" / "vendor_assets.py", "--check"], check=False)
    assert check.returncode == 0


def test_a_page_draws_each_icon_it_shows_once_and_no_other(page: Callable[[str], str]) -> None:
    html = page("call.html")
    shown = set(re.findall(r'href="#i-([a-z0-9-]+)"', html))
    drawn = re.findall(r'<symbol id="i-([a-z0-9-]+)"[^>]*><', html)
    assert shown == set(drawn)
    assert len(drawn) == len(set(drawn))
    assert html.index("<symbol") > html.index("</main>")


def test_the_first_load_of_a_call_page_is_light(page: Callable[[str], str]) -> None:
    names = ("app.css", "app.js", "vendor/htmx.min.js", "favicon.svg")
    files = [page("call.html").encode(), *((STATIC / name).read_bytes() for name in names)]
    sizes = [len(gzip.compress(content, 9)) for content in files]
    assert sizes[0] <= 6_000
    assert sum(sizes) <= 30_000


def test_a_faulty_field_says_what_is_wrong_before_the_input_and_to_those_who_listen(
    render: Render, refused: SpecimenForm
) -> None:
    html = render('{% from "components/form.html" import field %}{{ field(form.name) }}', form=refused)
    assert order(html, "<label", "name-hint", "Skriv ditt namn</p>", "<input")
    assert 'aria-describedby="name-hint name-error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_in_order_is_not_called_faulty(render: Render) -> None:
    text = '{% from "components/form.html" import field %}{{ field(form.email) }}'
    html = render(text, form=SpecimenForm())
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_the_summary_says_the_same_words_and_leads_to_each_field(
    render: Render, refused: SpecimenForm
) -> None:
    html = render(
        '{% from "components/form.html" import error_summary, field %}{{ error_summary(form) }}'
        "{% for f in form %}{{ field(f) }}{% endfor %}",
        form=refused,
    )
    summary = html[: html.index("</ul>")]
    assert "3 things to put right" in summary
    for target, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary):
        assert f'id="{target}"' in html
        assert html.count(words) == 2


def test_a_form_in_order_has_no_summary(render: Render) -> None:
    text = '{% from "components/form.html" import error_summary %}{{ error_summary(form) }}'
    assert render(text, form=SpecimenForm()) == ""


def test_a_button_that_acts_is_a_post_with_its_token(render: Render) -> None:
    html = render(
        '{% from "components/button.html" import post_button %}'
        '{{ post_button("/x", "Ta bort", values={"a": 1}) }}'
    )
    assert 'method="post"' in html
    assert 'name="csrf_token" value="a-token"' in html
    assert 'name="a" value="1"' in html


def test_a_name_that_looks_like_markup_stays_a_name(render: Render) -> None:
    hostile = "<script>alert(1)</script>"
    html = render(
        '{% from "components/table.html" import table %}{% from "components/card.html" import facts %}'
        "{{ table([name], [[name]], name) }}{{ facts([(name, name, name)]) }}",
        name=hostile,
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 6


def test_a_row_on_a_phone_says_which_column_each_value_belongs_to(render: Render) -> None:
    html = render(
        '{% from "components/table.html" import table %}'
        '{{ table(["Medlem", "Ort", {"text": "Antal", "num": true}], [("Tove", "Timrå", 3)]) }}'
    )
    assert '<th role="rowheader" scope="row">Tove</th>' in html
    assert '<td role="cell" data-label="Ort">Timrå</td>' in html
    assert '<td role="cell" class="num" data-label="Antal">3</td>' in html


@pytest.mark.parametrize(("n", "of"), [(0, 12), (1, 12), (7, 12), (12, 12), (30, 12), (0, 9), (31, 60)])
def test_a_ring_shows_as_many_dots_as_are_done(render: Render, n: int, of: int) -> None:
    html = render('{% from "components/chart.html" import ring %}{{ ring(n, of, "så många") }}', n=n, of=of)
    done = re.search(r'class="done"[^>]*stroke-dasharray="([^"]+)"', html)
    if n == 0:
        assert done is None
    elif of <= 24:
        dashes = [int(part) for part in done.group(1).split()] if done else []
        assert dashes[0::2] == [0] * min(n, of)
        assert sum(dashes) == max(of, 1)
    else:
        assert done
        assert done.group(1).startswith(f"{n} ")


@pytest.mark.parametrize(
    ("n", "of", "kinds"),
    [
        (0, 3, ["at", "rest", "rest"]),
        (2, 3, ["done", "done", "at"]),
        (3, 3, ["done"] * 3),
        (5, 1, ["done"]),
        (0, 0, ["at"]),
    ],
)
def test_a_ring_of_few_has_a_piece_for_each_and_says_which_is_next(
    render: Render, n: int, of: int, kinds: list[str]
) -> None:
    html = render(
        '{% from "components/chart.html" import ring %}{{ ring(n, of, "så många", now=true) }}', n=n, of=of
    )
    assert re.findall(r'<circle class="(\w+)"', html) == kinds


@pytest.mark.parametrize(
    ("percent", "width"), [(43, "43"), (130, "100"), (-4, None), (0, None), (12.34, "12.3")]
)
def test_a_bar_never_leaves_its_frame(render: Render, percent: float, width: str | None) -> None:
    html = render('{% from "components/chart.html" import bar %}{{ bar(p, "så många procent") }}', p=percent)
    part = re.search(r'class="part" width="([\d.]+)%"', html)
    assert (part.group(1).removesuffix(".0") if part else None) == width


def test_the_parts_of_a_stack_fill_it(render: Render) -> None:
    html = render(
        '{% from "components/chart.html" import stack %}{{ stack(parts, "allt") }}',
        parts=[{"n": 31, "kind": "part"}, {"n": 0, "kind": "half"}, {"n": 93, "kind": "all"}],
    )
    assert [float(w) for w in re.findall(r'width="([\d.]+)%"', html)] == [25, 75]
    assert [float(x) for x in re.findall(r' x="([\d.]+)%"', html)] == [0, 25]


def test_a_line_of_one_value_or_of_nothing_but_zeros_can_be_drawn(render: Render) -> None:
    for values in ([7], [0, 0, 0]):
        html = render('{% from "components/chart.html" import spark %}{{ spark(v, "veckor") }}', v=values)
        assert f'points="{"0.0,5.0" if values == [7] else "0.0,38.0 60.0,38.0 120.0,38.0"}"' in html


def test_what_is_not_known_is_said(render: Render) -> None:
    html = render('{% from "components/card.html" import facts %}{{ facts([("E-post", "")]) }}')
    assert "Not known" in html


def test_a_column_shows_its_samples_and_keeps_the_choice_made(render: Render) -> None:
    text = (
        '{% from "components/import.html" import match %}{{ match("c0", heading, seen, choices, "phone") }}'
    )
    choices = [("", "Ta inte med"), ("Person", [("name", "Namn"), ("phone", "Mobil")])]
    html = render(text, heading="Tel <dag>", seen=["070-174 06 12", "", "08"], choices=choices)
    assert "070-174 06 12 · 08</small>" in html
    assert '<option value="phone" selected>Mobil</option>' in html
    assert html.count(" selected") == 1
    assert "Tel &lt;dag&gt; is read as" in html


def test_one_page_needs_no_paging_and_more_pages_say_where_one_is(render: Render) -> None:
    text = '{% from "components/page.html" import paging %}{{ paging(page) }}'
    assert render(text, page={"first": 1, "last": 3, "total": 3}) == ""
    html = render(text, page={"first": 51, "last": 100, "total": 120, "next_url": "/n"})
    assert "51–100 of 120" in html
    assert 'rel="prev"' not in html


def test_the_title_of_a_refused_form_begins_with_the_error(page: Callable[[str], str]) -> None:
    assert "<title>Error: Provkarta – Ringlista</title>" in page("specimen.html")
    assert "<title>Ring Aino Lindqvist – Ringlista</title>" in page("call.html")


@pytest.mark.parametrize("kind", KINDS)
def test_every_component_is_told_in_the_readme(jinja: Environment, kind: str) -> None:
    told = (TEMPLATES / "components" / "README.md").read_text(encoding="utf-8")
    source = (TEMPLATES / "components" / f"{kind}.html").read_text(encoding="utf-8")
    inner = {"hint_and_error", "said", "control", "titled", "plain_row", "choice_of"}
    names = {macro.name for macro in jinja.parse(source).find_all(nodes.Macro)} - inner
    assert {name for name in names if f"{name}(" not in told} == set()
