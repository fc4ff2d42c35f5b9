"""A caller with a phone in a bad place: rings, taps twice, loses answers, regrets, rests, and now and then
walks away in the middle of a call.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Protocol
from uuid import UUID

from ringing.browser import Browser, Form, Lost, Page
from ringing.ledger import Ledger
from ringing.stage import Link

_CALL = re.compile(r"/calls/([0-9a-f-]{36})(?:\?|$)")
_LIST = re.compile(r"/calls/lists/([0-9a-f-]{36})(?:\?|$)")
_HELD = re.compile(r'href="(/calls/[0-9a-f-]{36})"')
_A_LIST = re.compile(r'href="(/calls/lists/[0-9a-f-]{36})"')
TRIES, SEE_OTHER, CONFLICT, BROKEN = 9, 303, 409, 500
EMPTY_LOOKS, MOST_BROKEN = 4, 12

WEIGHTS = {
    "talked": 33, "no_answer": 29, "talked_call_back": 6, "voicemail": 6, "busy": 4, "wrong_number": 3,
    "out_of_service": 2, "left_message": 3, "skipped": 3, "talked_declined": 3, "no_calls": 2, "sent_text": 2,
    "someone_else": 2, "no_contact": 1, "language": 1, "wants_to_leave": 1, "says_left": 1, "called_back": 1,
    "deceased": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mishaps:
    """Of a hundred presses, or of a hundred people, how many go wrong so."""

    taps_at_once: float = 3
    taps_again: float = 3
    hangs_up: float = 5
    regrets: float = 2
    rests: float = 2
    vanishes: float = 1


NONE = Mishaps(0, 0, 0, 0, 0, 0)


class Evening(Protocol):
    """What a caller asks of the one who runs the bench."""

    ledger: Ledger

    async def link(self, assignment_id: UUID) -> Link: ...
    def is_over(self) -> bool: ...


class SignedOut(Exception):
    """The evening has ended, or we were away too long."""


class Caller:
    """One seat at the table: who sits on it changes when somebody vanishes."""

    def __init__(self, port: int, list_id: UUID, evening: Evening, rng: Random, mishaps: Mishaps) -> None:
        self.browser = Browser(port)
        self.script = False
        self.list_id, self.evening, self.rng, self.mishaps = list_id, evening, rng, mishaps
        self.ledger = evening.ledger
        self.way_in: Link | None = None
        self.weights = WEIGHTS

    async def ring(self) -> None:
        """Until the evening is over, or there is nobody left for us."""
        page, empty, broken = None, 0, 0
        while not self.evening.is_over() and empty < EMPTY_LOOKS and broken < MOST_BROKEN:
            try:
                page = await self.at_list() if page is None else await self.one_step(page)
                empty = empty + 1 if page is None else 0
                broken = 0
                await asyncio.sleep(0.3 * empty)
            except SignedOut:
                self.ledger.seen["signed_out"] += 1
                self.way_in = None
                page = None
            except Lost:
                self.ledger.seen["gave_up"] += 1
                page, broken = None, broken + 1
                await asyncio.sleep(0.5)
        self.browser.close()

    async def at_list(self) -> Page | None:
        """The list's page with its button, or the call we hold; none: nobody to ring just now."""
        if self.way_in is None:
            await self.come_in()
        page = await self.follow(await self.browser.get(f"/calls/lists/{self.list_id}"))
        if page.form("/next") or _CALL.search(page.path):
            return page
        held = _HELD.search(page.text)
        return await self.follow(await self.browser.get(held[1])) if held else None

    async def come_in(self) -> None:
        """By a new link and the evening's code, as somebody new."""
        self.browser.close()
        self.browser = Browser(self.browser.port)
        link = await self.evening.link(self.list_id)
        page = await self.browser.get(link.path)
        form = page.form(link.path)
        if form is None:
            raise SignedOut
        await self.press(Form(link.path, {**form.fields, "name": "Kim", "code": link.code}, ()), NONE)
        self.way_in = link
        self.browser.script = self.script
        self.ledger.seen["came_in"] += 1

    async def leave(self) -> None:
        """Give back whom we hold, and go."""
        with suppress(Lost, SignedOut):
            page = await self.at_list()
            if page is not None:
                await self.rest(page)
        self.browser.close()

    async def one_step(self, page: Page) -> Page | None:
        """Take somebody; or, with somebody there, say how it went."""
        form = page.form("/next")
        if form is not None:
            return await self.next_person(lambda: self.press(form, self.mishaps))
        if self.chance(self.mishaps.vanishes):
            self.ledger.seen["vanished"] += 1
            self.way_in = None
            return None
        if self.chance(self.mishaps.rests):
            return await self.rest(page)
        return await self.say_how_it_went(page)

    async def say_how_it_went(self, page: Page) -> Page | None:
        """Report, which brings the next person; now and then regret it."""
        found = _CALL.search(page.path)
        if found is None:
            return None
        call_id = UUID(found[1])
        self.ledger.dealt.add(call_id)
        form = await self.with_outcome(page)
        if form is None:
            return None
        self.ledger.doubt(call_id)
        outcome = form.fields["outcome"].partition("@")[0]

        async def tell() -> Page:
            answer = await self.press(form, self.mishaps)
            if answer.status in {SEE_OTHER, CONFLICT} or answer.path != form.action:
                self.ledger.acknowledge(call_id, outcome)
            self.ledger.seen[f"report_{answer.status}"] += 1
            return answer

        following = await self.next_person(tell)
        if following is not None and self.chance(self.mishaps.regrets):
            return await self.regret(following, call_id)
        return following

    async def with_outcome(self, page: Page) -> Form | None:
        """The form with one of its buttons pressed; the rarer outcomes stand on a page of their own."""
        wanted = self.rng.choices(list(self.weights), list(self.weights.values()))[0]
        for path in (None, page.path.partition("?")[0] + "/other"):
            shown = page if path is None else await self.browser.get(path)
            forms = [one for one in shown.forms() if one.action.endswith("/report")]
            pressed = [
                (one, button)
                for one in forms
                for button in (*one.outcomes, one.fields.get("outcome", ""))
                if button.partition("@")[0] == wanted and not button.endswith("@own")
            ]
            if pressed:
                form, button = pressed[0]
                return Form(form.action, {**form.fields, "outcome": button}, ())
        return None

    async def regret(self, page: Page, call_id: UUID) -> Page | None:
        """Take the tap back from the toast, and be with that member again."""
        form = page.form(f"{call_id}/undoing")
        if form is None:
            return page
        self.ledger.doubt(call_id)
        answer = await self.press(form, self.mishaps)
        back = await self.follow(answer)
        if back.path.startswith((f"/calls/{call_id}", "/calls/lists/")):
            self.ledger.acknowledge(call_id, None)
            self.ledger.seen["undone"] += 1
        elif back.path.startswith("/calls/recent"):
            self.ledger.unsure.discard(call_id)
            self.ledger.seen["not_undone"] += 1
        return back if _CALL.search(back.path) else None

    async def rest(self, page: Page) -> Page | None:
        """Give back whom we hold, and begin again."""
        form = next((one for one in page.forms() if "csrf_token" in one.fields), None)
        if form is not None:
            fields = {"csrf_token": form.fields["csrf_token"]}
            await self.press(Form("/calls/pause", fields, ()), self.mishaps)
            self.ledger.seen["rested"] += 1
        return None

    async def next_person(self, act: Callable[[], Awaitable[Page]]) -> Page | None:
        """From the press to the page with the next person, timed; none: there is nobody just now."""
        begun = time.perf_counter()
        page = await self.follow(await act())
        if not _CALL.search(page.path):
            return page if page.form("/next") else None
        self.ledger.next_ms.append((time.perf_counter() - begun) * 1000)
        return page

    async def press(self, form: Form, mishaps: Mishaps) -> Page:
        """Send a form as a thumb does: twice, or with the answer lost, which is asked for again."""
        if self.chance(mishaps.hangs_up):
            self.ledger.seen["hung_up"] += 1
            await self.browser.post_and_hang_up(form.action, form.fields, self.rng.random() * 0.1)
        elif self.chance(mishaps.taps_at_once):
            self.ledger.seen["tapped_at_once"] += 1
            twin = Browser(self.browser.port, self.browser.cookies, script=self.browser.script)
            both = await asyncio.gather(
                self.until_answered(self.browser, form), self.until_answered(twin, form)
            )
            twin.close()
            return both[0]
        elif self.chance(mishaps.taps_again):
            self.ledger.seen["tapped_again"] += 1
            await self.until_answered(self.browser, form)
        return await self.until_answered(self.browser, form)

    async def until_answered(self, browser: Browser, form: Form) -> Page:
        """The same form again while its answer is lost or the server is in trouble. Raises ``Lost``."""
        for attempt in range(TRIES):
            try:
                answer = await browser.post(form.action, form.fields)
            except Lost:
                self.ledger.seen["answers_lost"] += 1
            else:
                if answer.status < BROKEN:
                    if answer.status in {401, 403, 404} or "shift-over" in answer.location:
                        raise SignedOut
                    return answer
                self.ledger.seen[f"status_{answer.status}"] += 1
            await asyncio.sleep(0.05 * 1.6**attempt)
        raise Lost(form.action)

    async def follow(self, answer: Page) -> Page:
        """Where an answer leads; raises ``SignedOut`` at the door."""
        while answer.location:
            if not answer.location.startswith("/calls"):
                raise SignedOut
            answer = await self.browser.get(answer.location)
        if answer.status >= BROKEN:
            self.ledger.seen[f"page_{answer.status}"] += 1
            raise Lost(answer.path)
        if answer.status == 200 and answer.path.rstrip("?") == "/calls":  # noqa: PLR2004
            lists = _A_LIST.search(answer.text)
            if lists is None:
                raise SignedOut
            return await self.follow(await self.browser.get(f"/calls/lists/{self.list_id}"))
        return answer

    def chance(self, of_a_hundred: float) -> bool:
        return self.rng.random() * 100 < of_a_hundred
