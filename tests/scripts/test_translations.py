"""The words' keeper: it finds what is missing, left over or at odds, and fills from partial catalogues."""

from pathlib import Path

import catalogues
import pytest
import translations
from babel.messages.catalog import Message


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with one greeting in code, one plural in a template, and catalogues made from them."""
    for folder in ("organiser", "campaigns", "templates/feature"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "organiser/greet.py").write_text('said = _("Hello %(name)s", name="Kim")\n')
    (tmp_path / "templates/feature/page.html").write_text(
        '{{ ngettext("%(num)s call", "%(num)s calls", 2) }}'
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    translations.update()
    return tmp_path


def words(folder: Path, *entries: str) -> Path:
    partial = folder / "partial"
    partial.mkdir(exist_ok=True)
    (partial / "feature.po").write_text("\n\n".join(entries), encoding="utf-8")
    return partial


GREETING = 'msgid "Hello %(name)s"\nmsgstr "Hej %(name)s"'
CALLS = (
    'msgid "%(num)s call"\nmsgid_plural "%(num)s calls"\n'
    'msgstr[0] "%(num)s samtal"\nmsgstr[1] "%(num)s samtal"'
)


def test_new_strings_are_missing_in_swedish_until_they_are_filled(house: Path) -> None:
    assert "sv: without words: 'Hello %(name)s'" in translations.faults("sv", catalogues.extracted())
    assert translations.check() == 1
    assert translations.fill(words(house, GREETING, CALLS)) == 0
    assert translations.check() == 0


def test_english_is_complete_from_the_start(house: Path) -> None:
    assert translations.faults("en", catalogues.extracted()) == []
    assert (
        'msgstr "Hello %(name)s"' in (house / "organiser/translations/en/LC_MESSAGES/messages.po").read_text()
    )


def test_a_string_that_left_the_code_is_told_and_then_dropped(house: Path) -> None:
    translations.fill(words(house, GREETING, CALLS))
    (house / "organiser/greet.py").write_text("")
    assert "sv: no longer in the code: 'Hello %(name)s'" in translations.faults("sv", catalogues.extracted())
    translations.update()
    assert translations.check() == 0


def test_filling_keeps_words_that_are_there(house: Path) -> None:
    translations.fill(words(house, GREETING, CALLS))
    translations.fill(words(house, GREETING.replace("Hej", "Tjena")))
    assert (
        'msgstr "Hej %(name)s"' in (house / "organiser/translations/sv/LC_MESSAGES/messages.po").read_text()
    )


def test_a_string_that_cannot_be_found_in_a_broken_template_stops_the_check(house: Path) -> None:
    (house / "templates/feature/page.html").write_text("{% if %}")
    with pytest.raises(Exception, match="Expected an expression"):
        catalogues.extracted()


@pytest.mark.parametrize(
    ("english", "swedish", "wrong"),
    [
        ("%(n)s of %(total)s", "%(total)s: %(n)s", False),
        ("%(n)s of %(total)s", "%(n)s", True),
        ("Hello", "Hej %(name)s", True),
        ("%(share)s %%", "%(share)s %", True),
        (("One call", "%(num)s calls"), ("Ett samtal", "%(num)s samtal"), False),
        (("%(num)s call", "%(num)s calls"), ("Ett samtal", "%(num)s samtal"), False),
        (("One call", "%(num)s calls"), ("Ett samtal", "Flera samtal"), True),
        (("One call", "%(num)s calls"), ("Ett samtal för %(who)s", "%(num)s samtal"), True),
    ],
)
def test_a_translation_puts_in_what_its_string_puts_in(
    english: str | tuple[str, str], swedish: str | tuple[str, str], wrong: bool
) -> None:
    assert translations.at_odds(Message(english, swedish)) is wrong


def test_the_compiled_catalogue_is_what_the_program_reads(house: Path) -> None:
    translations.fill(words(house, GREETING, CALLS))
    compiled = catalogues.compile_catalogues(house)
    assert [path.parts[-3] for path in compiled] == ["en", "sv"]
    assert b"samtal" in compiled[1].read_bytes()
