"""What the Discord tests share: a desk that says what it is told to, and a bot that is running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.discord.service import DiscordService
from core.caller import Caller
from core.desk import Desk
from core.domain.comings import Comings
from core.duty import Duty
from core.reply import Actions, Button, Message, Paragraph, Reply, Suggestion
from core.text import text_of
from tests.loopback.discord import DiscordServer

START = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def message(text: str, *buttons: Button) -> Message:
    """A message with one paragraph, and one row of buttons if there are any."""
    words = Paragraph((text_of(text),))
    return Message((words, Actions(buttons)) if buttons else (words,))


@dataclass
class FakeDesk(Desk):
    """Answers with `reply` (or `faults`), after `seconds`, and keeps what it was asked."""

    reply: Reply = Reply(message=message("Fine."))
    found: Sequence[Suggestion] = ()
    seconds: float = 0.0
    fault: Exception | None = None
    asked: list[tuple[str, ...] | tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    callers: list[Caller] = field(default_factory=list)
    busy: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    async def typed(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._heard(("typed", verb, dict(values)), caller)

    async def form(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._heard(("form", verb, dict(values)), caller)

    async def press(self, token: str, caller: Caller) -> Reply:
        return await self._heard(("press", token), caller)

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._heard(("submit", token, dict(values)), caller)

    async def suggest(
        self, verb: str, field: str, text: str, caller: Caller
    ) -> Sequence[Suggestion]:
        await self._heard(("suggest", verb, field, text), caller)
        return self.found

    async def _heard(
        self, question: tuple[str, ...] | tuple[str, str, Mapping[str, str]], caller: Caller
    ) -> Reply:
        self.asked.append(question)
        self.callers.append(caller)
        self.busy.set()
        await asyncio.sleep(self.seconds)
        if self.fault is not None:
            raise self.fault
        return self.reply


@dataclass
class Hands:
    """A clock that a test moves."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def skip(self, server: DiscordServer, seconds: float) -> None:
        """Both clocks, ours and Discord's."""
        self.time += timedelta(seconds=seconds)
        server.skip(seconds)


def at_start() -> datetime:
    """A clock that stands still."""
    return START


@asynccontextmanager
async def running(
    server: DiscordServer, desk: Desk, now: Callable[[], datetime] = at_start, token: str = ""
) -> AsyncIterator[DiscordService]:
    """The service, connected to the loopback server; the server must have nothing to object."""
    service = made(server, desk, now, token)
    await service.start()
    try:
        await server.wait_connected()
        yield service
    finally:
        await service.stop()
    assert server.violations == []
    assert server.pings == []


def made(
    server: DiscordServer,
    desk: Desk,
    now: Callable[[], datetime] = at_start,
    token: str = "",
    *,
    duties: Sequence[Duty] = (),
    listens: bool = True,
    comings: Comings | None = None,
) -> DiscordService:
    """The service, not started. The gateway's address is not among what a sender needs."""
    gateway = server.gateway_url if listens else "ws://127.0.0.1:1"
    token = token or server.token
    return DiscordService(
        token,
        desk,
        now,
        server.api_url,
        gateway,
        duties=duties,
        listens=listens,
        comings=comings,
    )


async def until(fits: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until it is so; fails when it never is."""
    async with asyncio.timeout(seconds):
        while True:
            if fits():
                return
            await asyncio.sleep(0.01)
