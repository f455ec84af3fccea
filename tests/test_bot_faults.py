"""What befalls the whole bot in the midst of a morning: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import wiring
from bot.clock import Clock
from bot.wiring import Bot
from core.domain.deliveries import State
from core.store import database
from core.store.tables import ChangeRow, ContactRow, FollowUpRow, TouchRow
from tests.databases import Postgres
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import Person, SlackServer
from tests.outages import database_away, disk_full, door_to, wire_to
from tests.whole_bot import (
    LEASE,
    MORNING,
    complaints,
    digests,
    enrol,
    eventually,
    hasten,
    on_discord,
    on_slack,
    once_each,
    running,
    states,
)

POST = "chat.postMessage"
HOUR = timedelta(hours=1)
MANY = 40


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


# --- the database --------------------------------------------------------------------


async def test_a_database_that_goes_away_in_the_midst_of_a_morning(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackServer() as slack:
        people, dana = on_slack(slack, MANY), slack.user("U900", "dana")
        await enrol(database_url, people)
        async with running(database_url, MORNING, slack):
            await eventually(lambda: len(digests(slack)) >= MANY // 4, "the first quarter")
            async with database_away(database_url):
                answer = await dana.slash("/followup", "add Robin Patel @ Acme")
                await answer.wait_for("nothing was changed")
                await asyncio.sleep(2.0)
                assert len(digests(slack)) < MANY
            await eventually(lambda: once_each(slack, people), "everybody's digest")
            answer = await dana.slash("/followup", "add Robin Patel @ Acme")
            await answer.wait_for("First ping")
        assert await states(database_url) == {State.SENT: MANY}
        assert once_each(slack, people)
        slack.assert_clean()
    assert len(complaints(caplog)) == 1, complaints(caplog)


async def test_a_database_that_falls_silent(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It hangs up on nobody, and what waits for its answer would wait for ever."""
    for name in ("ANSWER_TIMEOUT", "CONNECT_TIMEOUT", "POOL_TIMEOUT"):
        monkeypatch.setattr(database, name, 1.0)
    database_url = await postgres_server.url()
    async with SlackServer() as slack, wire_to(database_url) as wire:
        people, dana = on_slack(slack, MANY), slack.user("U900", "dana")
        await enrol(database_url, people)
        async with running(wire.url, MORNING, slack):
            await eventually(lambda: len(digests(slack)) >= MANY // 4, "the first quarter")
            wire.fall_silent()
            answer = await dana.slash("/followup", "add Robin Patel @ Acme")
            await answer.wait_for("nothing was changed", within=10.0)
            wire.silent = False
            await eventually(lambda: once_each(slack, people), "everybody's digest")
            answer = await dana.slash("/followup", "add Robin Patel @ Acme")
            await answer.wait_for("First ping")
        assert await states(database_url) == {State.SENT: MANY}
        slack.assert_clean()
    said = complaints(caplog)  # a connection of before may be met once more when it is over
    assert 1 <= len(said) <= 3, said
    assert set(said) == {said[0]}


async def test_a_disk_that_is_full_at_the_digest_hour(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackServer() as slack:
        people, dana = on_slack(slack, MANY), slack.user("U900", "dana")
        await enrol(database_url, people)
        async with running(database_url, MORNING - HOUR, slack) as bot:
            async with disk_full(bot):
                saved = len(people) + await _adds_until_refused(dana)
                assert await _saved(bot) == {saved}
                bot.clock.move_to(MORNING)
                await asyncio.sleep(2.0)
                assert digests(slack) == []
            await eventually(lambda: once_each(slack, people), "everybody's digest")
            await (await dana.slash("/followup", "add Sam Diaz @ Acme")).wait_for("First ping")
            assert await _saved(bot) == {saved + 1}
        assert await states(database_url) == {State.SENT: len(people)}
        slack.assert_clean()
    assert len(complaints(caplog)) == 1, complaints(caplog)


async def _adds_until_refused(dana: Person) -> int:
    """How many follow-ups were saved before one was not."""
    for count in range(100):
        line = f"add Person{count} @ Acme re: {'x' * 190}"
        answer = await dana.slash("/followup", line)
        await answer.wait_for()
        if "First ping" not in answer.text:
            assert "nothing was changed" in answer.text
            return count
    raise AssertionError("there is always room")


async def _saved(bot: Bot) -> set[int]:
    """How many rows each table has of what an `add` saves: one number if none is half-saved."""
    async with bot.store.reading() as session:
        tables = (ContactRow, FollowUpRow, ChangeRow, TouchRow)
        return {await session.scalar(select(func.count(row.id))) or 0 for row in tables}


# --- the platforms -------------------------------------------------------------------


async def test_platforms_that_refuse_connections_for_an_hour(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        there, elsewhere = on_slack(slack, MANY // 4), on_discord(discord, MANY // 4)
        await enrol(database_url, [*there, *elsewhere])
        async with (
            door_to(slack) as left,
            door_to(discord) as right,
            running(database_url, MORNING - HOUR, slack, discord) as bot,
        ):
            await left.shut()
            await right.shut()
            for passed in (0 * HOUR, HOUR / 2):
                caplog.clear()
                discord.skip((MORNING + passed - bot.clock.now()).total_seconds())
                bot.clock.move_to(MORNING + passed)
                await eventually(lambda: "Slack can't be reached" in caplog.text, "Slack")
                await eventually(lambda: "Discord can't be reached" in caplog.text, "Discord")
                await asyncio.sleep(0.5)  # until it is written down
            await left.open()
            await right.open()
            discord.skip((HOUR / 2).total_seconds() + 60)
            bot.clock.move_to(MORNING + HOUR + timedelta(minutes=1))
            await eventually(lambda: once_each(slack, there), "everybody's digest on Slack")
            await eventually(lambda: once_each(discord, elsewhere), "everybody's on Discord")
        late = "This comes late: it was due at 8:30."
        assert all(late in m.text_form() for m in slack.world.messages if m.metadata)
        assert all(late in m.text_form() for m in discord.messages if m.nonce)
        assert await states(database_url) == {State.SENT: len(there) + len(elsewhere)}


# --- the clock -----------------------------------------------------------------------


class WallClock:
    """A computer's clock that somebody sets `ahead`, beside one that counts evenly.

    Time that has `passed` has passed for both.
    """

    def __init__(self) -> None:
        self.ahead = self.passed = timedelta(0)

    def system(self) -> datetime:
        return Clock().now() + self.passed + self.ahead

    def steady(self) -> float:
        return time.monotonic() + self.passed.total_seconds()


SLOW = 1.5
"""Seconds that the platform takes for a message."""


async def test_a_clock_that_jumps_to_and_fro(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes, and the clock of one jumps while messages are on their way."""
    async with SlackServer() as slack:
        people = on_slack(slack, MANY)
        slack.faults.next(POST, "delay", times=MANY, seconds=SLOW)
        await enrol(database_url, people)
        async with two_processes(database_url, slack, monkeypatch) as (right, wrong):
            for hours in (3, 0, -3, 3, -3, 0):
                wrong.ahead = hours * HOUR
                await asyncio.sleep(0.6)
            await asyncio.sleep(2 * SLOW)  # no message is under way for longer than a lease
            assert digests(slack)
            right.passed = wrong.passed = 5 * HOUR  # evenly: so a lease may be over
            await eventually(lambda: once_each(slack, people), "everybody's digest")
            await asyncio.sleep(LEASE.total_seconds())
        assert once_each(slack, people)
        assert await states(database_url) == {State.SENT: MANY}
        slack.assert_clean()


async def test_a_clock_that_is_set_right_again_keeps_nobody_waiting(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SlackServer() as slack:
        people = on_slack(slack, MANY)
        await enrol(database_url, people)
        async with two_processes(database_url, slack, monkeypatch) as (_, wrong):
            wrong.ahead = 3 * HOUR
            await asyncio.sleep(1.0)
            wrong.ahead = 0 * HOUR
            await eventually(lambda: once_each(slack, people), "everybody's digest")


@asynccontextmanager
async def two_processes(
    database_url: str, slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[WallClock, WallClock]]:
    """The bot twice, in the midst of a morning; the clocks of their computers."""
    clocks = WallClock(), WallClock()
    async with AsyncExitStack() as stack:
        for clock in clocks:
            read = functools.partial(Clock, system=clock.system, steady=clock.steady)
            monkeypatch.setattr(wiring, "Clock", read)
            await stack.enter_async_context(running(database_url, MORNING - HOUR, slack))
        for clock in clocks:
            clock.passed = HOUR
        yield clocks
