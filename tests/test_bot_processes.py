"""Real processes of the bot that are stopped, replaced and killed in the midst of a morning."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot import courier
from bot.clock import Clock
from bot.logs import set_up_logs
from bot.run import run
from bot.settings import read_settings
from core.domain.deliveries import State
from tests.databases import Postgres
from tests.loopback.slack import Person, SlackServer
from tests.outages import database_away
from tests.whole_bot import (
    HURRY,
    LEASE,
    MORNING,
    digests,
    enrol,
    eventually,
    on_slack,
    once_each,
    settings_of,
    states,
)

ROOT = Path(__file__).parents[1]
POST = "chat.postMessage"
BOT = ("-m", "bot", "run")
IMPATIENT = ("-c", "from tests.test_bot_processes import impatient; impatient()")
"""The same with leases that a test can wait for."""
STOPS_WITHIN = 10.0


def impatient() -> None:
    """Be the bot, in a hurry: the whole of a process."""
    courier.MARGIN = 0.5
    settings = read_settings()
    set_up_logs(settings)
    sys.exit(asyncio.run(run(settings, tuning=HURRY)))


class Machine:
    """Starts processes whose clocks agree: it is a minute past the digest hour."""

    def __init__(self, slack: SlackServer, database_url: str, folder: Path) -> None:
        self._folder = folder
        self._ahead = MORNING + timedelta(minutes=1) - Clock().now()
        self._values = {"DATABASE_URL": database_url, "HTTP_PORT": "0", "LOG_LEVEL": "INFO"}
        self._values |= {name.upper(): value for name, value in settings_of(slack).items()}
        self._logs: dict[Process, Path] = {}

    async def start(self, *arguments: str) -> Process:
        """A process that serves already."""
        now = (Clock().now() + self._ahead).isoformat()
        log = self._folder / f"process-{len(self._logs)}.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                cwd=self._folder,
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": str(ROOT),
                    "PYTHONWARNINGS": "ignore",
                    "SQUEAKY_NOW": now,
                    **self._values,
                },
                stderr=errors,
            )
        self._logs[process] = log
        await eventually(lambda: "serving slack" in self.said(process), "a process")
        return process

    def said(self, process: Process) -> str:
        """Its log."""
        return self._logs[process].read_text()

    async def clear(self) -> None:
        """End what is still alive."""
        for process in self._logs:
            if process.returncode is None:
                process.kill()
            await process.wait()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.team()
        yield server
        server.assert_clean()


async def machine(
    stack: AsyncExitStack, slack: SlackServer, database_url: str, folder: Path
) -> Machine:
    """A machine whose processes end with the test."""
    made = Machine(slack, database_url, folder)
    stack.push_async_callback(made.clear)
    return made


async def stopped(process: Process) -> None:
    """Stop it as a service manager does: it ends by itself, in time and well."""
    began = time.monotonic()
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 2 * STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN


async def test_a_stop_in_the_midst_of_a_morning(
    slack: SlackServer, database_url: str, tmp_path: Path
) -> None:
    people = on_slack(slack, 36)
    await enrol(database_url, people, [f"D{account.user}" for account in people])
    for account in people:
        slack.world.dm(slack.world.users[account.user])
    slack.faults.next(POST, "delay", times=len(people), seconds=1.0)
    async with AsyncExitStack() as stack:
        here = await machine(stack, slack, database_url, tmp_path)
        process = await here.start(*BOT)
        await eventually(lambda: len(slack.calls_of(POST)) >= 5 or digests(slack), "the first")
        await stopped(process)
        assert "stopping" in here.said(process)
        found = await states(database_url)
        assert found[State.SENDING] == 0, "something was left in flight"
        assert found[State.SENT] == len(digests(slack)) < len(people)
        await here.start(*BOT)
        await eventually(lambda: once_each(slack, people), "everybody's digest")


async def test_a_stop_while_the_database_is_away(
    slack: SlackServer, database_url: str, tmp_path: Path
) -> None:
    people = on_slack(slack, 24)
    await enrol(database_url, people)
    async with AsyncExitStack() as stack:
        here = await machine(stack, slack, database_url, tmp_path)
        process = await here.start(*IMPATIENT)
        await eventually(lambda: digests(slack), "the first")
        async with database_away(database_url):
            await asyncio.sleep(1.0)
            await stopped(process)
        await here.start(*IMPATIENT)
        await eventually(lambda: once_each(slack, people), "everybody's digest")


async def test_a_rolling_restart(
    slack: SlackServer, postgres_server: Postgres, tmp_path: Path
) -> None:
    database_url = await postgres_server.url()
    people, dana = on_slack(slack, 48), slack.user("U900", "dana")
    await enrol(
        database_url, people, [slack.world.dm(slack.world.users[a.user]).id for a in people]
    )
    async with AsyncExitStack() as stack:
        here = await machine(stack, slack, database_url, tmp_path)
        roles = ("slack", "courier", "courier")
        old = [await here.start(*BOT, "--only", role) for role in roles]
        await slack.connected()
        answered = asyncio.create_task(_keeps_asking(dana))
        for process, role in zip(old, roles, strict=True):
            await here.start(*BOT, "--only", role)
            await slack.connected(2 if role == "slack" else 1)
            await stopped(process)
        await eventually(lambda: once_each(slack, people), "everybody's digest")
        answered.cancel()
        with pytest.raises(asyncio.CancelledError):
            await answered
    assert once_each(slack, people)
    assert await states(database_url) == {State.SENT: len(people)}


async def _keeps_asking(dana: Person) -> None:
    number = 0
    while True:
        answer = await dana.slash("/followup", f"add Person{number} @ Acme")
        await answer.wait_for("First ping")
        number += 1
        await asyncio.sleep(0.3)


async def test_a_process_that_is_killed(
    slack: SlackServer, database_url: str, tmp_path: Path
) -> None:
    """Another goes on within a lease; on SQLite, where there is one, the next."""
    people, dana = on_slack(slack, 40), slack.user("U900", "dana")
    await enrol(database_url, people)
    slack.faults.next(POST, "delay", times=len(people), seconds=0.5)
    async with AsyncExitStack() as stack:
        here = await machine(stack, slack, database_url, tmp_path)
        several = database_url.startswith("postgresql")
        if several:
            await here.start(*IMPATIENT)
        process = await here.start(*IMPATIENT)
        await eventually(lambda: len(digests(slack)) >= 8, "the first digests")
        process.kill()
        assert await process.wait() == -signal.SIGKILL
        if not several:
            assert (await states(database_url))[State.SENDING] > 0
            await here.start(*IMPATIENT)
        await slack.connected()
        answer = await dana.slash("/followup", "add Robin Patel @ Acme")
        await answer.wait_for("First ping")
        await eventually(lambda: once_each(slack, people), "everybody's digest")
        await asyncio.sleep(LEASE.total_seconds())
    assert once_each(slack, people)
