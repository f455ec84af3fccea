"""The whole bot at its work, for tests of what happens to it: many members and one morning."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import CTE, Table, func, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import courier, wiring
from bot.clock import Ticker
from bot.roles import EVERYTHING, Role
from bot.settings import Settings
from bot.wiring import Bot, Tuning, build
from core.caller import Account, Caller, Platform
from core.desk import Desk
from core.domain.deliveries import State
from core.domain.pacing import Manners, Pace
from core.store import database
from core.store.database import Store
from core.store.tables import Base, DeliveryRow
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.loopback.slack.model import JSON

ENROLLED = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""A Monday, on which everybody adds somebody to write to on Tuesday."""
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
"""The digest hour of all of them."""
ADD = "add Ada Lovelace @ Acme, in 1 day"
COPIED = ("members", "contacts", "followups", "changes", "touches")

STEADILY = Manners(pace=Pace(15, 5), first=Pace(15, 5))
LEASE = timedelta(seconds=4)
HURRY = Tuning(
    manners={Platform.SLACK: STEADILY, Platform.DISCORD: STEADILY},
    lease=LEASE,
    patience=3.0,
    duty_lease=timedelta(seconds=3),
)
"""A morning of seconds, and leases that a test can wait for."""


def hasten(monkeypatch: pytest.MonkeyPatch, tick: float = 0.2) -> None:
    """Shorten what is fixed in a bot that is made afterwards: ticks, margins, SQLite's patience."""
    monkeypatch.setattr(wiring, "Ticker", functools.partial(Ticker, seconds=tick))
    monkeypatch.setattr(courier, "MARGIN", 0.5)
    monkeypatch.setattr(courier, "AGAIN", 0.2)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 300)


@asynccontextmanager
async def running(
    database_url: str,
    now: datetime,
    *platforms: SlackServer | DiscordServer,
    roles: frozenset[Role] = EVERYTHING,
    tuning: Tuning = HURRY,
) -> AsyncIterator[Bot]:
    """The bot on these platforms, connected to each, at this instant."""
    values: JSON = {"database_url": database_url, "squeaky_now": now, "http_port": 0}
    for platform in platforms:
        values |= settings_of(platform)
    bot = await build(Settings.model_validate(values), roles, tuning)
    await bot.start()
    try:
        await eventually(lambda: all(one.connected for one in _listening(bot)), "connections")
        yield bot
    finally:
        await bot.stop()


def settings_of(platform: SlackServer | DiscordServer) -> JSON:
    """What the bot needs to know of a platform."""
    if isinstance(platform, SlackServer):
        return {
            "slack_bot_token": platform.team().bot_token,
            "slack_app_token": platform.app_token,
            "slack_api_url": platform.api_url,
        }
    return {
        "discord_token": platform.token,
        "discord_api_url": platform.api_url,
        "discord_gateway_url": platform.gateway_url,
    }


def _listening(bot: Bot) -> list[wiring.Service]:
    return [one for name, one in bot.services.items() if Role(name.value) in bot.roles]


async def eventually(
    ready: Callable[[], object], what: str = "the end", within: float = 60.0
) -> None:
    """Wait until it is so; AssertionError after so many seconds."""
    try:
        async with asyncio.timeout(within):
            while not ready():  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"waited {within} s in vain for {what}") from None


# --- people --------------------------------------------------------------------------


def on_slack(server: SlackServer, count: int) -> list[Account]:
    """So many people in the workspace, U1 and on."""
    people = [server.user(f"U{number + 1}") for number in range(count)]
    return [Account(Platform.SLACK, "T1", person.id) for person in people]


def on_discord(server: DiscordServer, count: int) -> list[Account]:
    """So many people in a server with the bot."""
    people = [server.user(f"person{number}") for number in range(count)]
    server.guild("Job club").join(*people)
    return [Account(Platform.DISCORD, "", str(person.id)) for person in people]


async def enrol(
    database_url: str, accounts: Sequence[Account], channels: Sequence[str] = ()
) -> None:
    """Let all of them have asked for a digest on that MORNING, in an empty database.

    The first types the line, and the database copies what that made. `channels` are the private
    conversations that are known already.
    """
    store = Store(database_url)
    try:
        reply = await Desk(store, lambda: ENROLLED).line(ADD, Caller(accounts[0], "k", zone="UTC"))
        assert reply.message is not None and not reply.refused
        async with store.writing() as session:
            await _copy(session, accounts, channels)
            hours = await session.scalars(text("SELECT DISTINCT next_digest_at FROM members"))
            assert len(hours.all()) == 1
    finally:
        await store.close()


async def _copy(
    session: AsyncSession, accounts: Sequence[Account], channels: Sequence[str]
) -> None:
    tables = Base.metadata.tables
    for name in COPIED if len(accounts) > 1 else ():
        await session.execute(_copies(tables[name], _numbers(len(accounts) - 1)))
    rows = [
        {"member_id": number, "channel": "", **asdict(account)}
        for number, account in enumerate(accounts, start=1)
    ]
    for row, channel in zip(rows, channels, strict=False):
        row["channel"] = channel
    await session.execute(tables["accounts"].delete())
    await session.execute(insert(tables["accounts"]), rows)
    if session.get_bind().dialect.name == "postgresql":
        for name in COPIED:
            serial = func.setval(func.pg_get_serial_sequence(name, "id"), len(accounts))
            await session.execute(select(serial))


def _numbers(count: int) -> CTE:
    """1 to `count`, made by the database."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))


def _copies(table: Table, numbers: CTE) -> Any:
    """The row with id 1 once for each number, which is added to its id and its links."""
    columns = [
        (column + numbers.c.n if column.primary_key or column.foreign_keys else column)
        for column in table.c
    ]
    rows = select(*columns).join_from(table, numbers, literal(value=True)).where(table.c.id == 1)
    return insert(table).from_select([column.name for column in table.c], rows)


# --- what came of it -----------------------------------------------------------------


def digests(platform: SlackServer | DiscordServer) -> list[str]:
    """Who got a digest: a user id for each message, the oldest first."""
    if isinstance(platform, SlackServer):
        kept = [message for message in platform.world.messages if message.metadata]
        return [message.channel.id.removeprefix("D") for message in kept]
    sent = [message.channel.recipient for message in platform.messages if message.nonce]
    return [str(person.id) for person in sent if person is not None]


def once_each(platform: SlackServer | DiscordServer, accounts: Sequence[Account]) -> bool:
    """Whether everybody has a digest and nobody a second one; AssertionError for a second one."""
    found = Counter(digests(platform))
    assert not found or max(found.values()) == 1, found.most_common(3)
    return found == Counter(account.user for account in accounts)


async def states(database_url: str) -> Counter[State]:
    """How many deliveries stand where."""
    store = Store(database_url)
    try:
        async with store.reading() as session:
            query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
            return Counter({State(state): n for state, n in await session.execute(query)})
    finally:
        await store.close()


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the bot warned of by itself: not of single deliveries or requests."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING
        and record.name.startswith(("bot", "core"))
        and not record.getMessage().startswith(("request failed", "delivery "))
    ]
