"""Opens pages and sends forms as a browser would, and holds every page against the house's rules."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from organiser.web.headers import HEADERS

VOID = frozenset({"input", "br", "img", "link", "meta", "hr", "source", "wbr", "col"})
UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
NOWHERE = "/a-page-that-is-not-there"  # its error page carries a CSRF token and shows nobody
Attributes = dict[str, str]


def get(client: FlaskClient, url: str, status: int = 200, **options: Any) -> TestResponse:
    """Open a page; it must answer with ``status`` and, where it is HTML, be a page as ours shall be."""
    return _checked(client.get(url, **options), status)


def post(
    client: FlaskClient, url: str, data: dict[str, Any] | None = None, status: int = 303, **options: Any
) -> TestResponse:
    """Send a form with a fresh CSRF token. ``data`` may hold lists and ``(stream, name)`` files."""
    form = {"csrf_token": csrf_token(client), **(data or {})}
    return _checked(client.post(url, data=form, **options), status)


def csrf_token(client: FlaskClient) -> str:
    """A token for this browser's session, read from a page that asks the database for nothing."""
    headers = _parsed(client.get(NOWHERE).text).first("body")["hx-headers:inherited"]
    return headers.split('"')[3]


def words(response: TestResponse) -> str:
    """What a person reads: the text of the page, entities decoded, spaces squeezed."""
    if response.mimetype not in {"text/html", "text/plain"}:
        return ""
    return " ".join(" ".join(_parsed(response.text).text).split())


def fields(response: TestResponse) -> dict[str, str]:
    """Name to value of every input of the page (the last of a name wins), the CSRF token left out."""
    inputs = _parsed(response.text).all("input")
    return {at["name"]: at.get("value", "") for at in inputs if at.get("name") not in {None, "csrf_token"}}


def links(response: TestResponse) -> list[str]:
    """Where the page's links lead, in order."""
    return [at["href"] for at in _parsed(response.text).all("a") if "href" in at]


class Parsed(HTMLParser):
    """Every start tag with its attributes, and the text a person reads."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes, tuple[str, ...]]] = []
        self.text: list[str] = []
        self.scripts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in {"script", "style"}:
            self.scripts.append(data)
        else:
            self.text.append(data)

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes, _ in self.tags if name == tag]

    def first(self, tag: str) -> Attributes:
        return self.all(tag)[0]


def _parsed(html: str) -> Parsed:
    page = Parsed()
    page.feed(html)
    page.close()
    return page


def _checked(response: TestResponse, status: int) -> TestResponse:
    where = f"{response.request.method} {response.request.path}"
    said = response.headers.get("Location") or words(response)[:400]
    assert response.status_code == status, f"{where}: {response.status_code}, {said}"
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, f"{where}: {name}"
    assert response.headers.get("Cache-Control") == "no-store", f"{where}: a browser may keep it"
    redirected = 300 <= status < 400
    fragment = "HX-Request" in response.request.headers
    if response.mimetype == "text/html" and not redirected:
        faults = faults_of(response.text, fragment=fragment)
        assert not faults, f"{where}: {'; '.join(faults)}"
    return response


def faults_of(html: str, *, fragment: bool = False) -> list[str]:
    """What is wrong with a page (or an htmx fragment of one), as sentences; empty where nothing is."""
    page = _parsed(html)
    faults = [*_inline(page), *_unlabelled(page), *_repeated_ids(page), *_forms(page)]
    return faults if fragment else [*faults, *_whole(page, html)]


def _whole(page: Parsed, html: str) -> list[str]:
    checks = {
        "no doctype": not html.lstrip().lower().startswith("<!doctype html>"),
        "no language": page.first("html").get("lang") not in {"sv", "en"},
        "not exactly one h1": len(page.all("h1")) != 1,
        "not exactly one main": len(page.all("main")) != 1,
        "no title": not _title(html) or _title(html).startswith("–"),
    }
    return [fault for fault, broken in checks.items() if broken]


def _title(html: str) -> str:
    return html.partition("<title>")[2].partition("</title>")[0].strip()


def _inline(page: Parsed) -> list[str]:
    faults = [f"style on <{tag}>" for tag, at, _ in page.tags if "style" in at or tag == "style"]
    faults += [f"{name} on <{tag}>" for tag, at, _ in page.tags for name in at if name.startswith("on")]
    return faults + ["inline script" for words in page.scripts if words.strip()]


def _unlabelled(page: Parsed) -> list[str]:
    labels = {at.get("for") for at in page.all("label")}
    return [
        f"no label for {tag} {at.get('name')}"
        for tag, at, inside in page.tags
        if tag in {"input", "select", "textarea"}
        and at.get("type", "text") not in UNLABELLED
        and not ({"aria-label", "aria-labelledby"} & set(at) or at.get("id") in labels or "label" in inside)
    ]


def _repeated_ids(page: Parsed) -> list[str]:
    ids = Counter(at["id"] for _tag, at, _ in page.tags if "id" in at)
    return [f"id {name} stands {times} times" for name, times in ids.items() if times > 1]


def _forms(page: Parsed) -> list[str]:
    sent = sum(at.get("method", "get").lower() == "post" for at in page.all("form"))
    tokens = sum(at.get("name") == "csrf_token" for at in page.all("input"))
    return ["a form without a CSRF token"] if tokens < sent else []
