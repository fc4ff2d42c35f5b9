"""A browser as small as it can be: cookies, pages with forms, and answers that get lost on their way."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode, urlsplit

PATIENCE = 90.0  # seconds until an answer is given up
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input\b[^>]*type="hidden"[^>]*>')
_BUTTON = re.compile(r'<button\b[^>]*name="outcome"[^>]*>')
_ATTRIBUTE = re.compile(r'\b(action|name|value)="([^"]*)"')


class Lost(Exception):
    """The answer did not come: the line broke, or we hung up."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form goes, what it carries unseen, and the outcomes on its buttons."""

    action: str
    fields: dict[str, str]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, where it sends us if it does, its text, and the path it came from."""

    status: int
    location: str
    text: str
    path: str

    def form(self, ending: str) -> Form | None:
        """The first form whose address ends so; one without an address goes back to its own page."""
        return next((one for one in self.forms() if one.action.endswith(ending)), None)

    def forms(self) -> list[Form]:
        """All of them, in order."""
        return [_form(head, body, self.path) for head, body in _FORM.findall(self.text)]


def _form(head: str, body: str, path: str) -> Form:
    hidden = [dict(_ATTRIBUTE.findall(field)) for field in _HIDDEN.findall(body)]
    buttons = [dict(_ATTRIBUTE.findall(button)) for button in _BUTTON.findall(body)]
    action = dict(_ATTRIBUTE.findall(head)).get("action", path)
    return Form(
        unescape(action),
        {one["name"]: unescape(one.get("value", "")) for one in hidden if "name" in one},
        tuple(unescape(one["value"]) for one in buttons if one.get("value")),
    )


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Browser:
    """One line kept open to the server, as a phone does; a copy of it shares the cookies, as a tab does.
    With ``script`` it asks for the next page in the answer to a form, as the page's own script does.
    """

    def __init__(self, port: int, cookies: dict[str, str] | None = None, *, script: bool = False) -> None:
        self.port, self.script = port, script
        self.cookies = {} if cookies is None else cookies
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Page:
        """A page; asked for again a few times where the line broke, as browsers do."""
        for attempt in range(6):
            try:
                return await self._ask("GET", path, "")
            except Lost:
                await asyncio.sleep(0.05 * 2**attempt)
        return await self._ask("GET", path, "")

    async def post(self, path: str, fields: dict[str, str]) -> Page:
        """Send a form, once. Raises ``Lost``, and nobody knows then whether it arrived."""
        return await self._ask("POST", path, urlencode(fields))

    async def post_and_hang_up(self, path: str, fields: dict[str, str], after: float) -> None:
        """Send a form and close the line ``after`` some seconds, without having read an answer."""
        with suppress(Lost):
            _reader, writer = await self._connect()
            await self._send(writer, "POST", path, urlencode(fields))
            await asyncio.sleep(after)
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line[1].transport.abort()
            self._line = None

    async def _ask(self, method: str, path: str, body: str) -> Page:
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await self._connect()
                await self._send(writer, method, path, body)
                return await self._read(reader, path)
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.LimitOverrunError) as fault:
            self.close()
            raise Lost(f"{method} {path}") from fault

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            if self._line is None:
                self._line = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        except OSError as fault:
            raise Lost("no line") from fault
        return self._line

    async def _send(self, writer: asyncio.StreamWriter, method: str, path: str, body: str) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookies}"]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines += ["HX-Request: true"] if self.script else []
        writer.write("\r\n".join([*lines, "", body]).encode())
        await writer.drain()

    async def _read(self, reader: asyncio.StreamReader, path: str) -> Page:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        location, length, closes = "", 0, False
        for line in head[1:-2]:
            name, _, value = line.partition(": ")
            match name.lower():
                case "content-length":
                    length = int(value)
                case "location" | "hx-redirect":
                    location = _path(value)
                case "hx-push-url":
                    path = _path(value)
                case "set-cookie":
                    key, _, kept = value.partition(";")[0].partition("=")
                    self.cookies[key] = kept
                case "connection":
                    closes = value.lower() == "close"
                case "transfer-encoding":
                    raise ValueError("an answer in pieces is not expected")
        text = (await reader.readexactly(length)).decode() if length else ""
        if closes:
            self.close()
        return Page(status, location, text, path)
