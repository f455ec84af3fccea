"""Listening to Discord: one connection for each shard, held by one process at a time.

Two connections for the same shard would both hear everything. So a process connects while it holds
the shard's duty, and lets go of the duty once it has hung up.

A Discord that can't be reached never stops the process: it tries again, at longer and longer
intervals, and meanwhile another process may take the shard.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress

from adapters.discord.client import FollowUpClient
from adapters.discord.diagnosis import problem_with, refuses_token
from adapters.discord.faults import report
from adapters.discord.sender import Sender
from core.duty import Duty

FIRST_DELAY, LONGEST_DELAY = 5.0, 120.0
"""Seconds between tries: doubled each time. Discord allows 1000 beginnings a day."""

STEADY = 600.0
"""Seconds after which a connection that ends counts as a new trouble, not as the old one."""

CUT_OFF = 90.0
"""Seconds without a connection after which discord.py's own tries are given up."""

ASKING, RELUCTANCE = 2.0, 5.0
"""Seconds: a process that holds a shard rests so long before it asks so long for another one, and
so those without any come first. Discord wants 5 s between two beginnings anyway."""

GOODBYE, GIVING_BACK, LAST_ANSWERS = 0.5, 1.0, 2.0
"""Seconds for the parts of a stop, of which goodbyes are three: less than 5 in all."""

log = logging.getLogger(__name__)


class DutyLost(Exception):
    """Another process may have the shard now."""


class OutOfReach(Exception):
    """There was no connection for too long."""


class Shard:
    """One shard: waits for its duty, listens while it is held, begins again.

    `new_client` makes a client for each connection; `busy` tells whether this process holds another
    shard. Without a `duty` it simply listens.
    """

    def __init__(
        self,
        token: str,
        sender: Sender,
        new_client: Callable[[], FollowUpClient],
        duty: Duty | None,
        busy: Callable[[], bool],
    ) -> None:
        self.held = False
        self.client: FollowUpClient | None = None
        self._token, self._sender = token, sender
        self._new_client, self._duty, self._busy = new_client, duty, busy
        self._delay = FIRST_DELAY

    @property
    def connected(self) -> bool:
        """Whether commands arrive now."""
        client = self.client
        return client is not None and not client.is_closed() and client.connected

    async def run(self, wait: float) -> None:
        """Listen until cancelled; begin after so many seconds."""
        await asyncio.sleep(wait)
        while True:
            await self._sender.ready()
            error = await self._turn()
            if refuses_token(error):
                self._sender.refused()
            elif not isinstance(error, DutyLost):
                log.warning("%s Next try in %.0f s.", problem_with(error), self._delay)
                await asyncio.sleep(self._delay)
                self._delay = min(self._delay * 2, LONGEST_DELAY)

    async def _turn(self) -> Exception | None:
        """Wait for the duty, listen, hang up; gives back what ended it."""
        try:
            await self._have_duty()
            self.held = True
            return await self._listen()
        except Exception as error:  # a fault of ours: the shard must not be silent for good
            report("listening to Discord broke off", error)
            return error
        finally:
            # Answers take a while, and the next process should not wait for them.
            client, self.client = self.client, None
            if client is not None:
                await _within(GOODBYE, _leave(client))
            self.held = False
            if self._duty is not None:
                await _within(GIVING_BACK, self._duty.release())
            if client is not None:
                await client.answers.finish(LAST_ANSWERS)
                await _within(GOODBYE, client.close())

    async def _have_duty(self) -> None:
        while self._duty is not None:
            if self._busy():
                await asyncio.sleep(RELUCTANCE)
            with suppress(TimeoutError):
                async with asyncio.timeout(ASKING):
                    await self._duty.taken()
                    return

    async def _listen(self) -> Exception | None:
        client = self.client = self._new_client()
        clock = asyncio.get_running_loop().time
        began = clock()
        tasks = [asyncio.create_task(one) for one in self._watched(client)]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=GOODBYE)
        if clock() - began > STEADY:
            self._delay = FIRST_DELAY
        [ending] = await asyncio.gather(ended.pop(), return_exceptions=True)
        return ending if isinstance(ending, Exception) else None

    def _watched(self, client: FollowUpClient) -> Iterator[Coroutine[None, None, None]]:
        """The connection, and what ends it."""
        yield client.start(self._token)
        yield _out_of_reach(client)
        if self._duty is not None:
            yield _lost(self._duty)


async def _lost(duty: Duty) -> None:
    await duty.lost()
    raise DutyLost


async def _out_of_reach(client: FollowUpClient) -> None:
    clock = asyncio.get_running_loop().time
    since = clock()
    while clock() - since < CUT_OFF:
        await asyncio.sleep(CUT_OFF / 20)
        if client.connected:
            since = clock()
    raise OutOfReach


async def _leave(client: FollowUpClient) -> None:
    """Say goodbye to the gateway, so that nothing new comes. Answers can still be sent."""
    if client.connected:
        await client.ws.close(code=1000)


async def _within(seconds: float, work: Coroutine[None, None, None]) -> None:
    """Do it, or leave it after so many seconds. Nothing depends on how it ends."""
    task = asyncio.create_task(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.cancel()
    elif (error := task.exception()) is not None:
        log.debug("a goodbye failed: %s", type(error).__name__)
