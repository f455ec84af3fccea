"""`/followup add` and `/followup list` through the desk, while digests go out beside them.

`python -m benchmarks.commands URL COUNT MEMBERS SEED HOW`: `COUNT` of each by members picked at
random among `MEMBERS`, everybody's own time. It begins when a line tells it to. Meanwhile in the
same process, with HOW one of

- `alone`: nothing
- `carried`: the courier delivers, as the bot runs it
- `bare`: digests are planned, claimed and finished as fast as they can be, composed or not
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Sequence

from benchmarks.measuring import percentile, say, since
from benchmarks.morning import bare, carried, log_as_the_bot_does, morning_clock
from bot.clock import Clock
from bot.memory import settle
from core.caller import Account, Caller, Platform
from core.desk import Desk
from core.mailroom import Mailroom
from core.precedence import Precedence
from core.store.database import Store

PAUSE = 0.002
"""Seconds between two commands: people don't queue up to the last."""


async def asked(desk: Desk, user: int, line: str, key: str) -> float:
    """Seconds until one command was answered."""
    caller = Caller(Account(Platform.WEB, "", str(user)), key)
    began = time.monotonic()
    reply = await desk.line(line, caller)
    took = since(began)
    assert not reply.refused, reply.message
    return took


async def commands(
    desk: Desk, count: int, members: int, seed: int
) -> tuple[list[float], list[float]]:
    """How long each add and each list took."""
    chance = random.Random(seed)
    adds: list[float] = []
    lists: list[float] = []
    for number in range(count):
        user = chance.randint(1, members)
        key = f"{os.getpid()}-{time.monotonic_ns()}"
        name = f"Robin {key} @ Firm {number}"
        adds.append(await asked(desk, user, f"add {name}, email", f"{key}a"))
        await asyncio.sleep(PAUSE)
        lists.append(await asked(desk, user, "list", f"{key}l"))
        await asyncio.sleep(PAUSE)
    return adds, lists


async def measured(url: str, count: int, members: int, seed: int, how: str) -> None:
    """Ask, and print the percentiles."""
    store, clock = Store(url), morning_clock()
    precedence = Precedence()
    desk = Desk(store, clock.now, precedence=precedence)
    mailroom = Mailroom(store, clock.now, precedence=precedence)
    await commands(desk, 5, members, seed + 1)  # the first ones load and compile everything
    settle()
    await asyncio.to_thread(sys.stdin.readline)
    morning = asyncio.create_task(_morning(how, mailroom, clock))
    adds, lists = await commands(desk, count, members, seed)
    still = not morning.done()
    morning.cancel()
    await asyncio.gather(morning, return_exceptions=True)
    await store.close()
    say(
        add=percentile(adds, 0.99),
        list=percentile(lists, 0.99),
        slowest=percentile(adds, 1.0),
        median=(percentile(adds, 0.5), percentile(lists, 0.5)),
        beside=still,
    )


async def _morning(how: str, mailroom: Mailroom, clock: Clock) -> None:
    if how == "carried":
        await carried(mailroom, clock)
    elif how == "bare":
        await bare(mailroom)


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    url, count, members, seed, how = arguments
    log_as_the_bot_does()
    asyncio.run(measured(url, int(count), int(members), int(seed), how))


if __name__ == "__main__":
    main(sys.argv[1:])
