"""The call guide as a caller reads it, whatever an organiser wrote; and the square that dials."""

import re

import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_L

from campaigns.queue.script import FIELDS, steps_of, unknown_fields
from campaigns.ringing.dial_code import dial_path

NAMES = {"first_name": "Åsa", "caller": "Anton", "association": "Falun"}


def test_each_heading_begins_a_step() -> None:
    steps = steps_of("Först\n\n## Hälsa\nHej!\r\n\r\n### Fråga #\nHur då?\n", NAMES)
    assert [(step.title, str(step.words).strip()) for step in steps] == [
        ("", "<p>Först</p>"),
        ("Hälsa", "<p>Hej!</p>"),
        ("Fråga", "<p>Hur då?</p>"),
    ]


def test_an_empty_guide_has_no_steps() -> None:
    assert steps_of(" \n\n", NAMES) == []


def test_the_names_are_filled_in_and_nothing_else() -> None:
    [step] = steps_of("## Hej {first_name}\nJag heter **{caller}** från {association}. {telefon}", NAMES)
    assert step.title == "Hej Åsa"
    assert "<p>Jag heter <strong>Anton</strong> från Falun. {telefon}</p>" in step.words


def test_a_name_that_looks_like_a_field_is_a_name() -> None:
    [step] = steps_of("Hej {first_name}", {"first_name": "{caller}", "caller": "Anton"})
    assert str(step.words).strip() == "<p>Hej {caller}</p>"


def test_every_field_is_filled_in() -> None:
    names = {field: field.upper() for field in FIELDS}
    [step] = steps_of(" ".join(f"{{{field}}}" for field in FIELDS), names)
    assert str(step.words).strip() == f"<p>{' '.join(names.values())}</p>"


def test_what_nobody_will_fill_in_is_told_once_each() -> None:
    guide = "## Hej {förnamn}\n{first_name} {telefon} {förnamn} {} {en\nrad}"
    assert unknown_fields(guide) == ["förnamn", "telefon", ""]
    assert unknown_fields("Hej {first_name} i {town}!") == []


def test_a_name_is_never_read_as_markup() -> None:
    [step] = steps_of("Hej {first_name}", {"first_name": "<b>*Bo*</b>"})
    assert str(step.words).strip() == "<p>Hej &lt;b&gt;*Bo*&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[tryck](javascript:alert(1))",
        "[tryck](data:text/html;base64,PHNjcmlwdD4=)",
        "![spår](https://example.com/spy.gif)",
        '[a](https://example.com "x\\" onmouseover=alert(1)")',
        '<p style="position:fixed" class="go">x</p>',
        "<iframe src=https://example.com></iframe>",
    ],
)
def test_nothing_an_organiser_writes_runs_or_fetches(hostile: str) -> None:
    html = "".join(str(step.words) for step in steps_of(hostile, NAMES))
    tags = re.findall(r"<\s*([a-z]+)([^>]*)>", html)
    assert {tag for tag, _ in tags} <= {"p", "a"}
    assert all(
        re.fullmatch(r'|\s*href="https://example\.com"[^=]*rel="noopener noreferrer"', at) for _, at in tags
    )


def test_lists_and_links_are_kept() -> None:
    [step] = steps_of("- Fika\n- Möte\n\n[Kalender](https://example.org/kalender)", NAMES)
    assert "<li>Fika</li>" in step.words
    assert 'href="https://example.org/kalender"' in step.words


def test_the_square_is_drawn_as_the_library_has_it() -> None:
    side, path = dial_path("+46701740605")
    drawn = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", path)
        for step in range(int(width))
    }
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data("tel:+46701740605")
    code.make()
    matrix = code.get_matrix()
    assert side == len(matrix)
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
