"""Alive, ready and the numbers, over a real socket and on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import event, text

from bot import health
from bot.health import Connected, Health
from bot.http import HttpServer, PortTakenError
from bot.metrics import Metrics
from core.caller import Platform
from core.overview import Overview
from core.store.database import Store
from tests.databases import Postgres
from tests.people import Office

HOUR = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
HERE = "127.0.0.1"
PERSONAL = ("Dana", "dana", "Acme", "hunter2", "SELECT")

Ask = Callable[[str], Awaitable[tuple[int, Any]]]


@asynccontextmanager
async def watched(overview: Overview, **platforms: Connected) -> AsyncIterator[Ask]:
    """A server with the health of this database and these platforms; a way to ask it."""
    server = HttpServer(HERE, 0)
    by_name = {Platform(name): ask for name, ask in platforms.items()}
    server.add(Health(overview, by_name, Metrics(by_name)).routes())
    await server.start()
    try:
        async with ClientSession() as browser:

            async def ask(path: str) -> tuple[int, Any]:
                async with browser.get(server.url + path) as answer:
                    assert answer.headers["Cache-Control"] == "no-store"
                    said = await answer.text()
                    assert not any(word in said for word in PERSONAL)
                    is_json = answer.content_type == "application/json"
                    return answer.status, await answer.json() if is_json else said

            yield ask
    finally:
        await server.stop()


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the database whenever somebody asks, so that no test has to wait."""
    monkeypatch.setattr(health, "FRESH", 0.0)


@pytest.fixture
def overview(office: Office) -> Overview:
    """What is seen of the office's database."""
    return Overview(office.store, office.clock.now)


async def owe(office: Office) -> None:
    """One digest whose hour has come."""
    await office.member("dana").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = HOUR
    await office.mailroom.plan()


async def test_ready_when_all_is_well(overview: Overview) -> None:
    async with watched(overview, slack=lambda: True, discord=lambda: None) as ask:
        assert await ask("/healthz") == (200, "alive\n")
        assert await ask("/readyz") == (
            200,
            {
                "ready": True,
                "reasons": [],
                "database": "ok",
                "platforms": {"slack": "connected", "discord": "standby"},
                "oldest_unsent_seconds": None,
                "owed": 0,
            },
        )


async def test_not_ready_while_a_platform_is_not_connected(overview: Overview) -> None:
    connected = False
    async with watched(overview, slack=lambda: connected, discord=lambda: True) as ask:
        status, said = await ask("/readyz")
        assert (status, said["ready"]) == (503, False)
        assert said["platforms"] == {"slack": "not connected", "discord": "connected"}
        assert said["reasons"] == ["slack: not connected"]
        _, numbers = await ask("/metrics")
        assert 'squeaky_connected{platform="slack"} 0.0' in numbers
        connected = True
        assert (await ask("/readyz"))[0] == 200
        assert 'squeaky_connected{platform="slack"} 1.0' in (await ask("/metrics"))[1]


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (15, 503)])
async def test_not_ready_when_a_delivery_has_waited_for_15_minutes(
    office: Office, overview: Overview, minutes: int, status: int
) -> None:
    await owe(office)
    office.clock.time += timedelta(minutes=minutes)
    async with watched(overview) as ask:
        found, said = await ask("/readyz")
        assert (found, said["owed"], said["oldest_unsent_seconds"]) == (status, 1, minutes * 60)
        waited = ["a delivery has waited for 15 minutes or more"]
        assert said["reasons"] == (waited if status == 503 else [])
        _, numbers = await ask("/metrics")
        assert "squeaky_deliveries_owed 1.0" in numbers
        assert f"squeaky_oldest_unsent_seconds {minutes * 60}.0" in numbers


async def test_a_database_that_fails_is_told_without_what_it_says(
    office: Office, overview: Overview
) -> None:
    async with office.store.writing() as session:
        await session.execute(text("ALTER TABLE deliveries RENAME TO elsewhere"))
    async with watched(overview, slack=lambda: True) as ask:
        status, said = await ask("/readyz")
        assert status == 503
        assert said["database"].startswith("can't be used (")
        assert said["reasons"] == [f"database: {said['database']}"]
        assert (said["owed"], said["oldest_unsent_seconds"]) == (None, None)
        numbers_status, numbers = await ask("/metrics")
        assert numbers_status == 200
        assert "squeaky_database_up 0.0" in numbers
        assert "squeaky_deliveries_owed NaN" in numbers
        assert await ask("/healthz") == (200, "alive\n")
        async with office.store.writing() as session:
            await session.execute(text("ALTER TABLE elsewhere RENAME TO deliveries"))
        assert (await ask("/readyz"))[0] == 200
        assert "squeaky_database_up 1.0" in (await ask("/metrics"))[1]


async def test_a_database_that_cannot_be_reached_keeps_its_address_and_password() -> None:
    store = Store(f"postgresql://squeaky:hunter2@{HERE}:1/squeaky")
    async with watched(Overview(store, lambda: HOUR)) as ask:
        status, said = await ask("/readyz")
        assert status == 503
        assert HERE not in str(said)
        assert said["database"].startswith("can't be used (")
    await store.close()


async def test_a_database_that_does_not_answer_is_given_two_seconds() -> None:
    async def be_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(be_silent, HERE, 0)
    port = silent.sockets[0].getsockname()[1]
    store = Store(f"postgresql://squeaky:hunter2@{HERE}:{port}/squeaky?ssl=disable")
    async with silent, watched(Overview(store, lambda: HOUR)) as ask:
        status, said = await asyncio.wait_for(ask("/readyz"), 30)
        assert (status, said["database"]) == (503, "no answer within 2 seconds")
        assert await ask("/healthz") == (200, "alive\n")
    await store.close()


async def test_a_look_that_was_given_up_leaves_the_next_ones_alone(
    postgres_server: Postgres,
) -> None:
    store = Store(await postgres_server.url())  # on SQLite nobody can lock out a reader
    async with watched(Overview(store, lambda: HOUR)) as ask:
        async with store.writing() as session:
            await session.execute(text("LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE"))
            _, said = await asyncio.wait_for(ask("/readyz"), 15)
            assert said["database"] == "no answer within 2 seconds"
        assert (await ask("/readyz"))[1]["database"] == "ok"
    await store.close()


async def test_many_who_ask_at_once_cost_one_look(
    office: Office, overview: Overview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FRESH", 3600.0)
    sent: list[str] = []
    engine = office.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, s, *_: sent.append(s))
    async with watched(overview) as ask:
        answers = await asyncio.gather(*(ask("/readyz") for _ in range(20)), ask("/metrics"))
    assert {status for status, _ in answers} == {200}
    assert len([statement for statement in sent if "deliveries" in statement]) == 2


async def test_it_listens_even_if_nothing_else_is_served() -> None:
    server = HttpServer(HERE, 0)
    assert server.url == ""
    await server.start()
    assert server.url == f"http://{HERE}:{server.port}"
    await server.stop()
    assert server.url == ""


async def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    first = HttpServer(HERE, 0)
    await first.start()
    with pytest.raises(PortTakenError, match=r"HTTP_PORT: .* to 0 for any that is free"):
        await HttpServer(HERE, first.port).start()
    await first.stop()
