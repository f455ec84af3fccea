"""A tick with nothing due: what it costs is to be the same however many members there are.

`python -m benchmarks.idle URL`: the median of many ticks on that database.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import timedelta

from benchmarks.histories import NOW
from benchmarks.measuring import median, say, since
from benchmarks.morning import EVERYWHERE
from core.mailroom import Mailroom
from core.store.database import Store

TICKS = 2_000
BEFORE = NOW - timedelta(hours=1)
"""When nobody's hour has come."""


async def tick(mailroom: Mailroom) -> int:
    """What the bot does at each tick; how many digests came of it."""
    planned = await mailroom.plan() + await mailroom.plan_clubs()
    claimed = await mailroom.claim(EVERYWHERE)
    assert await mailroom.next_turn(BEFORE) is None
    return planned + len(claimed)


async def measured(url: str) -> None:
    """Tick, and print how long one took."""
    store = Store(url)
    mailroom = Mailroom(store, lambda: BEFORE)
    took: list[float] = []
    for _ in range(TICKS):
        began = time.monotonic()
        assert await tick(mailroom) == 0, "somebody was due after all"
        took.append(since(began))
    await store.close()
    say(median=median(took))


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    (url,) = arguments
    asyncio.run(measured(url))


if __name__ == "__main__":
    main(sys.argv[1:])
