"""What the tests of the playground share: a desk that answers as told, a clock, a served page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from aiohttp import ClientSession, CookieJar, web
from aiohttp.test_utils import TestServer

from adapters.web.playground import Playground
from core.caller import Caller
from core.desk import Desk
from core.reply import (
    Actions,
    Button,
    Divider,
    Heading,
    Menu,
    Message,
    Paragraph,
    Reply,
    Suggestion,
    Tone,
)
from core.text import say

NOW = datetime(2026, 11, 23, 13, 40, tzinfo=UTC)


class ToldDesk(Desk):
    """Answers with the replies it was told, by what was asked, and remembers every call."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.calls: list[tuple[str, str, Mapping[str, str], Caller]] = []
        self.suggestions: dict[str, list[str]] = {}

    async def line(self, text: str, caller: Caller) -> Reply:
        return self._told("line", text, {}, caller)

    async def press(self, token: str, caller: Caller) -> Reply:
        return self._told("press", token, {}, caller)

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return self._told("submit", token, values, caller)

    async def suggest(
        self, verb: str, field: str, text: str, caller: Caller
    ) -> Sequence[Suggestion]:
        found = self.suggestions.get(f"{verb} {field}", [])
        return [Suggestion(each, each) for each in found if each.startswith(text)]

    def _told(self, how: str, what: str, values: Mapping[str, str], caller: Caller) -> Reply:
        self.calls.append((how, what, values, caller))
        return self.replies.get(what, Reply(saying(f"Heard {what}")))


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    instant: datetime = NOW
    moves: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.instant

    async def move_to(self, instant: datetime) -> None:
        self.instant = instant
        self.moves.append(instant)


def saying(text: str, *buttons: Button) -> Message:
    """A message of one paragraph, and buttons."""
    blocks = (Paragraph((say("{text}", text=text),)),)
    return Message((*blocks, Actions(buttons)) if buttons else blocks)


def digest(done: str = "") -> Message:
    """A digest as members get it; with `done`, that line in place of the first row."""
    rows = (
        _row(
            41,
            "**{who}**, Acme, data PM · by email",
            "Dana Lee",
            "Check-in, 6 days after your first. If it stays quiet, the next round starts on"
            " 15 December.",
            "Offer __an idea__: she said they are moving to dbt, and you have not sent one this"
            " round.",
            "Sent Wed 18 Nov (email, information): “Two ways to cut your reporting time”",
        ),
        _row(
            42,
            "**{who}**, operations lead · no name yet",
            "Globex",
            "First ping. Find out who leads the team: the posting names R. Patel's group; or ask"
            " the club.",
        ),
    )
    if done:
        undo = Actions((Button("Undo", "undo:c=7&v=d17"),))
        rows = ((Paragraph((say("**Dana Lee**, Acme: {done}", done=done),)), undo), rows[1])
    return Message(
        (
            Heading("Tuesday 24 November: 2 pings due"),
            Paragraph((say("Start with Dana Lee: it has high priority there."),)),
            *rows[0],
            Divider(),
            *rows[1],
            Divider(),
            Paragraph((say("2 more wait their turn."),)),
            Actions((Button("Show all", "list:show=due"),)),
        )
    )


def _row(target: int, headline: str, who: str, *lines: str) -> tuple[Paragraph, Actions]:
    waits = tuple(
        Button(f"{days} days", f"snooze:t={target}&s=1&v=d17&until={days}") for days in (3, 7, 14)
    )
    more = (
        Button("Details", f"show:t={target}"),
        Button("Not interested", f"close:t={target}&reason=not"),
        Button(
            "They asked me to stop",
            f"close:t={target}&reason=stop",
            Tone.DANGER,
            confirm="Stop following up with them? You can reopen it later.",
        ),
    )
    actions = (
        Button("Sent", f"sent:t={target}&s=1&v=d17", Tone.PRIMARY),
        Button("They replied", f"ask:t={target}&form=replied"),
        Menu("Snooze", waits, f"unfold:t={target}&menu=snooze"),
        Menu("…", more, f"unfold:t={target}&menu=more"),
    )
    said = (say(headline, who=who), *(say(line) for line in lines))
    return Paragraph(said), Actions(actions)


@dataclass
class Served:
    """A playground on a real socket, and one browser without a screen."""

    playground: Playground
    desk: ToldDesk
    clock: SetClock
    url: str
    http: ClientSession

    @property
    def origin(self) -> dict[str, str]:
        """What a browser says when a page of ours posts."""
        return {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}

    async def page(self, path: str = "/") -> str:
        async with self.http.get(self.url + path) as response:
            assert response.status == 200, await response.text()
            return await response.text()

    async def post(self, path: str, **values: str) -> str:
        """Post as the page does; the page that follows."""
        async with self.http.post(self.url + path, data=values, headers=self.origin) as response:
            assert response.status == 200, await response.text()
            return await response.text()

    async def status(self, path: str, headers: Mapping[str, str], **values: str) -> int:
        """The status of a post that may be refused."""
        async with self.http.post(
            self.url + path, data=values, headers=headers, allow_redirects=False
        ) as response:
            await response.text()
            return response.status


def browser() -> ClientSession:
    """A client with cookies of its own, also for an address of numbers."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True))


@asynccontextmanager
async def serving(path: Path | None = None) -> AsyncIterator[Served]:
    """A playground that is running."""
    desk, clock = ToldDesk(), SetClock()
    playground = Playground(desk, clock, path, zone="Europe/Berlin")
    app = web.Application()
    playground.setup(app)
    async with TestServer(app, host="127.0.0.1") as server, browser() as http:
        yield Served(playground, desk, clock, str(server.make_url("")).rstrip("/"), http)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of(page: str) -> str:
    """What a page says, on one line."""
    parser = _Text()
    parser.feed(page)
    return " ".join(" ".join(parser.found).split())
