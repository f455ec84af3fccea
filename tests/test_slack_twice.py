"""What arrives twice, at one process or at two, has one effect and one answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from core.caller import Caller
from core.desk import Desk
from core.reply import Reply
from core.store.database import Store
from core.store.tables import FollowUpRow, MemberRow, TouchRow
from tests.loopback.slack import HttpMode, Person, SlackServer
from tests.people import TestClock
from tests.stages.slack_bench import SECRET, service_for, serving

ADD = "add Robin Patel @ Acme"


class CountingDesk(Desk):
    """The desk, and how many requests it has answered."""

    answered = 0

    async def line(self, text: str, caller: Caller) -> Reply:
        return self._counted(await super().line(text, caller))

    async def press(self, token: str, caller: Caller) -> Reply:
        return self._counted(await super().press(token, caller))

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return self._counted(await super().submit(token, values, caller))

    def _counted(self, reply: Reply) -> Reply:
        self.answered += 1
        return reply


@dataclass
class Pair:
    """Two processes on one database, and one person. With HTTP, `urls` are their addresses."""

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
                urls.append(await stack.enter_async_context(serving(service)) + "/slack/events")
        if http:
            server.use_http(urls[0], SECRET)
        else:
            await server.connected(processes)
        dana = server.user("U1", "dana", tz="Europe/Berlin")
        yield Pair(server, stores[0], desks, dana, urls)
        await server.settle()
        server.assert_clean()


@pytest.mark.parametrize("processes", [1, 2])
async def test_an_envelope_that_comes_twice(database_url: str, processes: int) -> None:
    async with pair(database_url, processes=processes) as p:
        p.server.delivering.send_twice()
        await p.dana.slash("/followup", ADD)
        await p.answered(processes)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_form_that_comes_to_both(database_url: str) -> None:
    async with pair(database_url) as p:
        form = await (await p.dana.slash("/followup", "add")).opened()
        p.server.delivering.send_twice()
        await p.dana.submit(form, {form.labels[0]: "Robin Patel @ Acme"})
        await p.answered(3)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_signed_request_that_is_replayed_to_the_same_process_and_to_another(
    database_url: str,
) -> None:
    async with pair(database_url, http=True) as p:
        command = p.server.payloads.slash(p.dana.user, "/followup", ADD, p.dana.dm)
        here, elsewhere = p.urls
        assert await p.http.send(command, to=[here, here]) == [200, 200]
        await p.answered(1)
        assert await p.http.send(command, to=[elsewhere], age=240) == [200]
        await p.answered(2)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_request_that_reaches_both_processes_at_once(database_url: str) -> None:
    async with pair(database_url, http=True) as p:
        command = p.server.payloads.slash(p.dana.user, "/followup", ADD, p.dana.dm)
        both = await asyncio.gather(*(p.http.send(command, to=[url]) for url in p.urls))
        assert both == [[200], [200]]
        await p.answered(2)
        assert await p.count(MemberRow) == 1
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_button_that_is_tapped_twice(database_url: str) -> None:
    async with pair(database_url) as p:
        await (await p.dana.slash("/followup", f"{ADD}, today")).wait_for("Robin")
        card = await (await p.dana.slash("/followup", "show Robin")).wait_for("Robin")
        await asyncio.gather(*(p.dana.press(card, "Sent") for _ in range(2)))
        await p.answered(4)
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1
