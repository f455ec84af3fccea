"""Several processes on one database: who listens to which shard, and who takes over."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.discord import shards as shards_module
from adapters.discord.on_message import NAME
from adapters.discord.service import DiscordService
from bot.clock import Clock
from core.desk import Desk
from core.duty import LEASE, Duty
from core.store.database import Store
from tests.loopback.discord import DiscordServer
from tests.loopback.discord.places import Guild
from tests.stages.running import make_bot
from tests.test_discord_kit import START as STARTED
from tests.test_discord_kit import FakeDesk, made, until

ROOT = Path(__file__).parents[1]
BRIEF = timedelta(seconds=1)
START = Callable[..., Awaitable[DiscordService]]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made
        assert made.violations == []


@pytest.fixture
async def start(server: DiscordServer, database_url: str) -> AsyncIterator[START]:
    """Starts one more process of the bot: its own database connections, its own desk."""
    async with AsyncExitStack() as stack:

        async def begin(name: str, shards: int = 1, lease: timedelta = LEASE) -> DiscordService:
            store = Store(database_url)
            stack.push_async_callback(store.close)
            now = Clock(None).now
            duties = duties_of(store, name, shards, lease)
            service = made(server, Desk(store, now), now, duties=duties)
            stack.push_async_callback(service.stop)
            await service.start()
            return service

        yield begin


def duties_of(store: Store, name: str, shards: int, lease: timedelta) -> list[Duty]:
    now = Clock(None).now
    return [Duty(store, now, f"shard {number}", name, lease) for number in range(shards)]


async def hold(database_url: str, api_url: str, gateway_url: str, token: str) -> None:
    """Listen until killed: the whole of another process."""
    store = Store(database_url)
    duties = duties_of(store, "the dying", 1, BRIEF)
    now = Clock(None).now
    await DiscordService(token, FakeDesk(), now, api_url, gateway_url, duties=duties).start()
    await asyncio.Event().wait()


async def test_one_of_two_listens_and_the_other_follows(
    server: DiscordServer, start: START
) -> None:
    first = await start("first")
    await until(lambda: first.connected)
    second = await start("second")
    await asyncio.sleep(1.0)
    assert (first.connected, second.connected) == (True, False)
    assert server.gateway.shards == [(0, 1)]
    await first.stop()
    await until(lambda: second.connected, LEASE.total_seconds() / 2)  # it was given back
    assert not first.connected
    assert (len(server.gateway.identifies), server.gateway.doubled) == (2, 0)


async def test_a_process_that_dies_is_replaced_when_its_lease_ends(
    server: DiscordServer, start: START, database_url: str
) -> None:
    code = "import asyncio, sys; from tests.test_discord_shards import hold; "
    dying = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code + "asyncio.run(hold(*sys.argv[1:]))",
        *(database_url, server.api_url, server.gateway_url, server.token),
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        await server.wait_connected(patience=30.0)
        heir = await start("heir", lease=BRIEF)
        await asyncio.sleep(2 * BRIEF.total_seconds())
        assert not heir.connected
    finally:
        dying.kill()
        await dying.wait()
    await until(lambda: heir.connected)
    assert server.gateway.doubled == 0


async def test_whose_database_goes_away_hangs_up(
    server: DiscordServer, start: START, database_url: str
) -> None:
    service = await start("cut off", lease=BRIEF)
    await until(lambda: service.connected)
    store = Store(database_url)
    try:
        async with store.writing() as session:
            await session.execute(text("ALTER TABLE duties RENAME TO away"))
        await server.wait_disconnected(patience=15.0)
        assert not service.connected
        async with store.writing() as session:
            await session.execute(text("ALTER TABLE away RENAME TO duties"))
    finally:
        await store.close()
    await until(lambda: service.connected)


async def test_an_interaction_that_two_processes_hear_has_one_effect(
    server: DiscordServer, database_url: str
) -> None:
    ann = server.user("ann")
    now = Clock(None).now
    async with AsyncExitStack() as stack:
        for _ in range(2):
            store = Store(database_url)
            stack.push_async_callback(store.close)
            service = made(server, Desk(store, now), now)
            stack.push_async_callback(service.stop)
            await service.start()
        await until(lambda: len(server.gateway.shards) == 2)
        await server.wait_for_commands()
        card = (await ann.command("followup add", {"who": "Dana Lee @ Acme"})).message
        assert "Dana Lee" in card
        await ann.press(card, "Undo")
        assert "Dana Lee" in card  # not the few words of whoever heard of it second
        assert "Undo" not in card.buttons
        # Whoever has nothing to say comes last, and finds that all has been said.
        await until(lambda: len(server.double_responses) == 2)
        async with store.reading() as session:
            written = [
                await session.scalar(text(f"SELECT count(*) FROM {table}"))
                for table in ("members", "followups", "touches", "changes", "arrivals")
            ]
    assert written == [1, 1, 1, 1, 2]
    assert len(ann.dm) == 1


async def test_a_button_that_is_tapped_twice(
    server: DiscordServer, start: START, database_url: str
) -> None:
    ann = server.user("ann")
    service = await start("alone")
    await until(lambda: service.connected)
    await server.wait_for_commands()
    await ann.command("followup add", {"who": "Dana Lee @ Acme", "when": "today"})
    card = (await ann.command("followup show", {"who": "Dana"})).message
    await asyncio.gather(*(ann.press(card, "Sent") for _ in range(2)))
    store = Store(database_url)
    async with store.reading() as session:
        sent = await session.scalar(text("SELECT count(*) FROM touches WHERE kind = 'sent'"))
    await store.close()
    assert sent == 1


async def test_shards_are_shared_out(
    server: DiscordServer, start: START, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "RELUCTANCE", 0.5)
    monkeypatch.setattr("adapters.discord.service.RELUCTANCE", 0.5)
    ann = server.user("ann")
    guilds = [guild_of(server, shard) for shard in range(2)]
    for guild in guilds:
        guild.join(ann)
    both = [await start(name, shards=2) for name in ("first", "second")]
    await until(lambda: server.gateway.shards == [(0, 2), (1, 2)])
    await until(lambda: all(one.connected for one in both))
    await server.wait_for_commands()
    for guild in guilds:
        where = guild.channel("general")
        assert (await ann.command("followup list", channel=where)).text
    assert (await ann.command("followup list")).text
    await both[0].stop()
    await until(lambda: server.gateway.shards == [(0, 2), (1, 2)])
    assert both[1].connected
    assert (len(server.gateway.identifies), server.gateway.doubled) == (3, 0)
    assert server.double_responses == []


async def test_a_setting_is_enough_for_two_shards_and_everything_works_on_each(
    server: DiscordServer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.service.RELUCTANCE", 0.0)
    monkeypatch.setattr(shards_module, "RELUCTANCE", 0.0)
    ann, dana = server.user("ann"), server.user("dana", display_name="Dana Lee")
    guilds = [guild_of(server, shard) for shard in range(2)]
    bot = await make_bot(
        database_url,
        STARTED,
        discord_token=server.token,
        discord_api_url=server.api_url,
        discord_gateway_url=server.gateway_url,
        discord_shards=2,
    )
    await bot.start()
    try:
        await until(lambda: server.gateway.shards == [(0, 2), (1, 2)])
        await server.wait_for_commands()
        await ann.command("followup settings", {"zone": "Europe/Berlin"})
        for number, guild in enumerate(guilds):
            guild.join(ann, dana)
            where = guild.channel("general")
            opened = await ann.message_command(NAME, dana.say("Shall we talk?", channel=where))
            answer = await ann.submit(opened.modal, {"About": f"talk {number}", "When": "tomorrow"})
            assert answer.ephemeral
        assert "2 open follow-ups" in (await ann.command("followup list")).text
        bot.clock.move_to(STARTED + timedelta(days=1))
        await bot.tick()
        assert "1 ping due" in ann.dm[-1].text_form()
        assert "sent" in (await ann.press(ann.dm[-1], "Sent", near="talk 0")).text
    finally:
        await bot.stop()
    assert server.count("PUT", "/commands") == 1
    assert server.double_responses == []


async def test_connected_means_every_shard(
    server: DiscordServer, start: START, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.service.RELUCTANCE", 0.0)
    monkeypatch.setattr(shards_module, "RELUCTANCE", 0.0)
    alone = await start("alone", shards=3)
    await until(lambda: server.gateway.shards == [(0, 3), (1, 3), (2, 3)])
    await until(lambda: alone.connected)
    server.gateway.refuse = True
    [last] = [one for one in server.gateway.sessions.values() if one.shard == (2, 3)]
    assert last.link is not None
    last.link.cut()
    await until(lambda: not alone.connected)


async def test_a_stop_is_soon_over(server: DiscordServer) -> None:
    ann = server.user("ann")
    desk = FakeDesk(seconds=60.0)
    service = made(server, desk)
    await service.start()
    await server.wait_for_commands()
    await server.wait_connected()
    asked = asyncio.create_task(ann.command("followup list"))
    await desk.busy.wait()
    server.gateway.silence()
    began = time.monotonic()
    await service.stop()
    assert time.monotonic() - began < 5.0
    asked.cancel()


async def test_a_stop_is_soon_over_though_the_database_hangs(
    server: DiscordServer, start: START, database_url: str
) -> None:
    service = await start("stuck")
    await until(lambda: service.connected)
    store = Store(database_url)
    try:
        async with store.writing() as session:
            await session.execute(text("UPDATE duties SET holder = holder"))
            began = time.monotonic()
            await service.stop()
            assert time.monotonic() - began < 5.0
            assert server.gateway.shards == []
    finally:
        await store.close()


def guild_of(server: DiscordServer, shard: int) -> Guild:
    """A server whose events go to this one of two shards."""
    for number in range(1000):
        guild = server.guild(f"Club {number}")
        if (guild.id >> 22) % 2 == shard:
            return guild
        time.sleep(0.001)
    raise AssertionError("no such server came up")
