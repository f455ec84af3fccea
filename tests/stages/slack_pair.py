"""Processes of the bot on one database, with the desk that there really is, and their Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from adapters.slack.manifest import PATH, manifest
from core.caller import Caller
from core.desk import Desk
from core.reply import Reply
from core.store.database import Store
from tests.loopback.slack import HttpMode, Person, SlackServer
from tests.people import TestClock
from tests.stages.slack_bench import SECRET, service_for, serving


class CountingDesk(Desk):
    """The desk, and how many requests it has answered."""

    answered = 0

    async def line(self, text: str, caller: Caller) -> Reply:
        return self._counted(await super().line(text, caller))

    async def form(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return self._counted(await super().form(verb, values, caller))

    async def press(self, token: str, caller: Caller) -> Reply:
        return self._counted(await super().press(token, caller))

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return self._counted(await super().submit(token, values, caller))

    def _counted(self, reply: Reply) -> Reply:
        self.answered += 1
        return reply


@dataclass
class Pair:
    """Processes on one database, and one person. With HTTP, `urls` are their addresses."""

    server: SlackServer
    store: Store
    desks: list[CountingDesk]
    dana: Person
    urls: list[str]

    @property
    def http(self) -> HttpMode:
        assert self.server.delivering.http is not None
        return self.server.delivering.http

    async def answered(self, times: int) -> None:
        """Wait until the desks have answered so often, and the answers have been shown."""
        async with asyncio.timeout(20):
            while sum(desk.answered for desk in self.desks) < times:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
        await self.server.settle()
        assert sum(desk.answered for desk in self.desks) == times

    async def count(self, row: Any, *where: Any) -> int:
        async with self.store.reading() as session:
            return await session.scalar(select(func.count()).select_from(row).where(*where)) or 0


@asynccontextmanager
async def pair(database_url: str, *, http: bool = False, processes: int = 2) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SlackServer())
        stores = [Store(database_url) for _ in range(processes)]
        desks = [CountingDesk(store, TestClock().now) for store in stores]
        urls: list[str] = []
        for store, desk in zip(stores, desks, strict=True):
            stack.push_async_callback(store.close)
            service = service_for(server, desk, http=http)
            await service.start()
            stack.push_async_callback(service.stop)
            if http:
                urls.append(await stack.enter_async_context(serving(service)) + PATH)
        server.use_manifest(manifest(not http, urls[0].removesuffix(PATH) if http else None))
        if http:
            server.use_http(urls[0], SECRET)
        else:
            await server.connected(processes)
        dana = server.user("U1", "dana", tz="Europe/Berlin")
        yield Pair(server, stores[0], desks, dana, urls)
        await server.settle()
        server.assert_clean()
