"""One run of the kill test, on one kind of database."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from benchmarks.chaos_bot import Recipe
from benchmarks.chaos_faults import LONGEST_DELAY
from benchmarks.chaos_herd import Herd, Toll
from benchmarks.chaos_people import ZONES, enrol
from benchmarks.chaos_sabotage import Sabotage, apply_to_database
from benchmarks.chaos_verdict import Verdict, judge, owed
from benchmarks.chaos_world import World, world
from core.store.database import Store
from core.store.upgrade import upgrade
from tests.databases import postgres

KILLING, LIMIT = 240.0, 340.0
"""Seconds from the first process on: until no more are killed, and until the run is over."""
LOOK_EVERY = 0.5


@dataclass(frozen=True)
class Plan:
    """What a run is to be. `seats` processes live at a time; `folder` gets logs and diaries."""

    kind: str
    kills: int
    members: int
    seats: int
    seed: int
    sabotage: Sabotage
    folder: Path

    @property
    def mornings(self) -> int:
        """How many digest hours there are: enough kills for each, and outages between them."""
        return max(1, min(len(ZONES), self.kills // (4 * self.seats), self.members // 2))


@dataclass
class Result:
    """What came of it.

    - `swallowed`: second sends that Discord answered with the message that was there.
    - `settled`: seconds from the last kill until nothing was owed; None when that never came.
    - `lag`: the longest that the platforms' own loop was held up, in seconds. If this comes near
      to what a lease leaves after the sender's patience, a message may have been on its way for
      longer than its lease.
    """

    verdict: Verdict
    toll: Toll
    faults: dict[str, Counter[str]]
    swallowed: int
    settled: float | None
    seconds: float
    lag: float


async def run(plan: Plan) -> Result:
    """Enrol, kill, wait until everything is delivered, and judge."""
    async with _database(plan) as url, world(plan.seed) as place, _watched_loop() as lag:
        store = Store(url)
        try:
            began = monotonic()
            hours = await enrol(store, place.newcomers(plan.members), plan.mornings)
            print(f"  {plan.members} members came in {monotonic() - began:.0f} s", flush=True)
            await apply_to_database(plan.sabotage, store)
            recipe = Recipe(0, plan.folder, place.settings(url), timedelta(0), plan.sabotage)
            return await _run(plan, store, place, Herd(recipe, plan.seats, plan.seed), hours, lag)
        finally:
            await store.close()


async def _run(
    plan: Plan, store: Store, place: World, herd: Herd, hours: list[datetime], lag: list[float]
) -> Result:
    await herd.ready()
    lag[0], began = 0.0, monotonic()
    try:
        await _kill(plan, place, herd, hours, began + KILLING)
        herd.rest()
        settled = await _settled(store, herd, began + LIMIT)
        seconds = monotonic() - began
        await herd.stop()
    finally:
        herd.abandon()
    verdict = await judge(store, place, herd.now(), plan.folder, herd.toll.starts)
    if herd.toll.kills < plan.kills:
        verdict.wrong.append(f"only {herd.toll.kills} kills instead of {plan.kills}")
    if settled is None:
        verdict.wrong.append(f"{await owed(store, herd.now())} are still owed after {LIMIT:.0f} s")
    faults = {"slack": place.slack_faults.fallen, "discord": place.discord_faults.fallen}
    swallowed = len(place.discord.world.swallowed)
    return Result(verdict, herd.toll, faults, swallowed, settled, seconds, lag[0])


async def _kill(plan: Plan, place: World, herd: Herd, hours: list[datetime], until: float) -> None:
    """Share the kills among the digest hours; between two hours all processes die at once."""
    for number, hour in enumerate(hours, start=1):
        place.skip(herd.move_to(hour))
        goal = plan.kills * number // len(hours)
        outage = plan.seats if number < len(hours) else 0
        await herd.cull(goal - herd.toll.kills - outage, until)
        if number < len(hours):
            herd.outage()
            await asyncio.sleep(2 * LONGEST_DELAY)  # nothing stays on its way while time is skipped
        print(f"  {herd.toll.kills} killed, {len(hours) - number} mornings to come", flush=True)


async def _settled(store: Store, herd: Herd, until: float) -> float | None:
    while await owed(store, herd.now()):
        if monotonic() > until:
            return None
        await asyncio.sleep(LOOK_EVERY)
        herd.rest()  # one that ended by itself is missed
    return monotonic() - herd.toll.last_kill


@asynccontextmanager
async def _database(plan: Plan) -> AsyncIterator[str]:
    if plan.kind == "postgresql":
        with postgres() as server:
            yield await server.url()
        return
    url = f"sqlite:///{plan.folder / 'squeaky.sqlite3'}"
    store = Store(url)
    await upgrade(store)
    await store.close()
    yield url


@asynccontextmanager
async def _watched_loop() -> AsyncIterator[list[float]]:
    """The longest that this loop was held up so far, in a list of one."""
    worst = [0.0]

    async def watch() -> None:
        while True:
            before = monotonic()
            await asyncio.sleep(0.05)
            worst[0] = max(worst[0], monotonic() - before - 0.05)

    task = asyncio.create_task(watch())
    try:
        yield worst
    finally:
        task.cancel()
