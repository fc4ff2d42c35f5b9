"""The call guide: an organiser's Markdown becomes steps to open one by one, with the names filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

FIELDS = ("first_name", "caller", "association", "campaign", "district", "town")
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
_SCHEMES = {"https", "mailto"}
_markdown = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the guide: its heading (empty for words before the first one) and what to say, as HTML."""

    title: str
    words: Markup


def steps_of(script: str, names: Mapping[str, str]) -> list[Step]:
    """The guide's steps, a heading beginning each. ``names`` fill the ``FIELDS`` written in braces, whichever
    they hold; whatever else is written in braces stays as it is. The HTML is safe whoever wrote the guide.
    """
    return [Step(_fill_title(title, names), _fill(html, names)) for title, html in _parts(script)]


def unknown_fields(script: str) -> list[str]:
    """What is written in braces and nobody will fill in, each once, in the order it stands."""
    return list(dict.fromkeys(name for name in _BRACES.findall(script) if name not in FIELDS))


@lru_cache(maxsize=256)
def _parts(script: str) -> tuple[tuple[str, str], ...]:
    """Heading and clean HTML of each part; the same guide is shown hundreds of times an evening."""
    before, *rest = _HEADING.split(script.replace("\r\n", "\n"))
    parts = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    return tuple((title, _html(text)) for title, text in parts if title or text.strip())


def _html(text: str) -> str:
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def _fill(html: str, names: Mapping[str, str]) -> Markup:
    safe = {field: str(escape(name)) for field, name in names.items()}
    return Markup(_fill_title(html, safe))  # noqa: S704  # cleaned by nh3, the names escaped


def _fill_title(title: str, names: Mapping[str, str]) -> str:
    def filled(found: re.Match[str]) -> str:
        return names.get(found[1], "") if found[1] in FIELDS else found[0]

    return _BRACES.sub(filled, title)
