"""Parcels leave at the pace of their lane, however they came."""

from __future__ import annotations

import asyncio
import time

from bot.evenly import MANY, Evenly
from core.domain.pacing import Pace

PACE = Pace(per_second=50, burst=3)


async def test_what_comes_at_once_leaves_at_the_pace() -> None:
    evenly = Evenly({"slow": PACE}.get)
    left: list[float] = []

    async def leave() -> None:
        await evenly.turn("slow")
        left.append(time.monotonic())

    await asyncio.gather(*(leave() for _ in range(13)))
    for first in range(13):
        for last in range(first, 13):
            most = PACE.burst + (left[last] - left[first]) * PACE.per_second
            assert last - first + 1 <= most + 0.01


async def test_a_stall_is_not_made_up_for() -> None:
    """What waited while the loop stood still leaves at the pace all the same."""
    evenly = Evenly({"slow": PACE}.get)
    waiting = [asyncio.create_task(evenly.turn("slow")) for _ in range(12)]
    await asyncio.sleep(0)
    time.sleep(0.2)  # noqa: ASYNC251 # the stall
    await asyncio.sleep(0.001)
    assert sum(task.done() for task in waiting) <= 2 * PACE.burst
    await asyncio.gather(*waiting)


async def test_lanes_do_not_wait_for_each_other() -> None:
    evenly = Evenly(lambda lane: None if lane == "free" else Pace(per_second=0.001, burst=1))
    async with asyncio.timeout(1):
        for _ in range(100):
            await evenly.turn("free")
        for number in range(2 * MANY):
            await evenly.turn(f"slow {number}")
