"""The catalogues of words: found in the code, read, written, compiled. The package's build uses them too."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "en"
LANGUAGES = ("sv", SOURCE_LANGUAGE)
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy": None, "lazy_plural": (1, 2)}
SOURCES = [
    ("organiser", "**.py", "python"),
    ("campaigns", "**.py", "python"),
    ("templates", "**.html", "jinja2"),
    ("templates", "**.txt", "jinja2"),
]
OPTIONS = {
    "trimmed": "true",
    "silent": "false",
}  # {% trans %} on several lines is one line; a bad template fails
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Ringlista\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def catalogue_path(language: str) -> Path:
    return ROOT / "organiser" / "translations" / language / "LC_MESSAGES" / "messages.po"


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po and say where."""
    compiled = []
    for source in sorted(root.glob("organiser/translations/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, read(source, source.parts[-3]))
        compiled.append(target)
    return compiled


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def extracted() -> Catalog:
    """Every string that the code and the templates show, without the places where."""
    catalogue = Catalog(charset="utf-8")
    for folder, pattern, method in SOURCES:
        found = extract_from_dir(ROOT / folder, [(pattern, method)], {pattern: OPTIONS}, KEYWORDS)
        for _file, _line, words, _comments, context in found:
            catalogue.add(words, context=context)
    return catalogue


def strings(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalogue if message.id)


def forms(words: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """One form, or the singular and the plural."""
    if words is None:
        return [""]
    return [words] if isinstance(words, str) else list(words)


def write(language: str, catalogue: Catalog) -> None:
    body = BytesIO()
    write_po(
        body, catalogue, width=0, omit_header=True, sort_output=True, no_location=True, ignore_obsolete=True
    )
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(language=language) + body.getvalue().decode().lstrip("\n"), encoding="utf-8"
    )
