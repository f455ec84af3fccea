"""The bot processes of the kill test: born, killed at random moments, born again."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from time import monotonic

from benchmarks import chaos_diary
from benchmarks.chaos_bot import Recipe, live
from bot.clock import Clock

EARLY = 0.4
"""The share of lives that end before they can be expected to send anything."""
AFTER = 1.2
"""Seconds after a process began to send, within which the others end."""
LONGEST_IDLE = 6.0
"""Seconds that a process is waited for to begin to send."""
LOOK_EVERY = 0.03
STOP_WITHIN = 30.0


@dataclass
class Life:
    """One process, from its start to its end."""

    number: int
    process: ForkServerProcess
    born: float


@dataclass
class Toll:
    """What the killing came to.

    - `in_hand`: deliveries that were claimed and not finished when their process was killed.
    - `on_the_wire`: those of them that were just being sent.
    - `telling`: kills that left some on the wire.
    """

    kills: int = 0
    starts: int = 0
    outages: int = 0
    in_hand: int = 0
    on_the_wire: int = 0
    telling: int = 0
    last_kill: float = 0.0
    ended_alone: Counter[int] = field(default_factory=Counter)
    stopped: Counter[int] = field(default_factory=Counter)


class Herd:
    """So many processes at a time. Their clocks agree, for all start `ahead` of the real one."""

    def __init__(self, recipe: Recipe, seats: int, seed: int) -> None:
        self.toll = Toll()
        self._recipe = recipe
        self._seats = seats
        self._random = random.Random(f"herd {seed}")
        self._alive: dict[int, Life] = {}
        self._left = 0
        self._begins_after = 1.0
        self._nursery = multiprocessing.get_context("forkserver")
        self._nursery.set_forkserver_preload(["benchmarks.chaos_run"])

    async def ready(self) -> None:
        """Wait until processes can be forked: what they need is imported once, which takes long."""
        first = self._nursery.Process(target=int)
        first.start()
        await asyncio.to_thread(first.join)

    def now(self) -> datetime:
        """The instant on the processes' clocks."""
        return Clock().now() + self._recipe.ahead

    def move_to(self, instant: datetime) -> timedelta:
        """Move the clocks of those to be born on; by how much. Nobody may be alive."""
        assert not self._alive, "their clocks would differ"
        skipped = max(instant - self.now(), timedelta(0))
        self._recipe = replace(self._recipe, ahead=self._recipe.ahead + skipped)
        return skipped

    async def cull(self, kills: int, until: float) -> None:
        """Kill so many one after the other at random moments, each replaced at once."""
        self._left = kills
        await asyncio.gather(*(self._seat(seat, until) for seat in range(self._seats)))

    def outage(self) -> None:
        """Kill all that are alive at the same moment."""
        self.toll.outages += 1
        for seat in list(self._alive):
            self._kill(seat)

    def rest(self) -> None:
        """Let every seat have a process."""
        for seat in range(self._seats):
            life = self._alive.get(seat)
            if life is None or not life.process.is_alive():
                self._bear(seat)

    async def stop(self) -> None:
        """Ask all to stop, as one stops a bot; whoever doesn't is killed."""
        lives = list(self._alive.values())
        for life in lives:
            life.process.terminate()
        for life in lives:
            await asyncio.to_thread(life.process.join, STOP_WITHIN)
            if life.process.is_alive():
                life.process.kill()
                life.process.join()
            self.toll.stopped[life.process.exitcode or 0] += 1
        self._alive.clear()

    def abandon(self) -> None:
        """Leave nobody behind, whatever happened."""
        for life in self._alive.values():
            life.process.kill()
        self._alive.clear()

    async def _seat(self, seat: int, until: float) -> None:
        while self._left > 0 and monotonic() < until:
            if seat not in self._alive:
                self._bear(seat)
            await self._a_while(self._alive[seat])
            if self._left > 0 and self._kill(seat):
                self._left -= 1

    async def _a_while(self, life: Life) -> None:
        """Sometimes a moment of the start, sometimes one of the work."""
        if self._random.random() < EARLY:
            await asyncio.sleep(self._random.uniform(0, self._begins_after))
            return
        while monotonic() < life.born + LONGEST_IDLE:
            if chaos_diary.has_sent(self._recipe.folder, life.number):
                took = monotonic() - life.born
                self._begins_after += (took - self._begins_after) / 10
                await asyncio.sleep(self._random.uniform(0, AFTER))
                return
            await asyncio.sleep(LOOK_EVERY)

    def _bear(self, seat: int) -> None:
        self.toll.starts += 1
        recipe = replace(self._recipe, life=self.toll.starts)
        process = self._nursery.Process(target=live, args=(recipe,), daemon=True)
        process.start()
        self._alive[seat] = Life(recipe.life, process, monotonic())

    def _kill(self, seat: int) -> bool:
        """Whether there was something to kill: a process may have ended by itself."""
        life = self._alive.pop(seat)
        if not life.process.is_alive():
            self.toll.ended_alone[life.process.exitcode or 0] += 1
            return False
        life.process.kill()
        life.process.join()
        entries = chaos_diary.read(self._recipe.folder, life.number)
        wire = len(chaos_diary.on_the_wire(entries))
        self.toll.kills += 1
        self.toll.in_hand += len(chaos_diary.unfinished(entries))
        self.toll.on_the_wire += wire
        self.toll.telling += wire > 0
        self.toll.last_kill = monotonic()
        return True
