"""`make bench`: how fast it is, against a named alternative in the same run.

`python -m benchmarks.bench [--on sqlite,postgresql] [--members N] [--cache FOLDER]` fills databases
with members, and prints each figure with its bound. A cached folder keeps the filled databases for
the next run. Ends with 1 when a figure is out of its bounds.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.databases import KINDS, Databases, databases
from benchmarks.loading import reset
from benchmarks.measuring import Child, child, told_by
from benchmarks.population import Size

JOBS = 10_000
SENDS = 5_000
ASKED = 300
ADDS = 2_000
FEW = Size(1_000, 100)
SLACKS_LIMIT = 3.0


@dataclass
class Report:
    """The figures so far."""

    missed: list[str] = field(default_factory=list)

    def tell(self, what: str, figure: str, bound: str = "", *, good: bool = True) -> None:
        """Print one figure, and whether it is in its bounds."""
        mark = "" if not bound else ("ok  " if good else "MISS")
        print(f"{mark:4} {what:<58} {figure:<44} {bound}", flush=True)
        if not good:
            self.missed.append(what)


class Bench:
    """The measurements on one kind of database."""

    def __init__(self, report: Report, made: Databases, kind: str, size: Size) -> None:
        self._report, self._made, self._kind, self._size = report, made, kind, size

    async def run(self) -> None:
        """All of them, one after another: there are few cores."""
        self._full = await self._made.full(self._kind, self._size)
        few = await self._made.full(self._kind, FEW)
        await reset(self._full, self._size)
        await reset(few, FEW)
        bytes = await self._made.size_of(self._kind, self._full)
        self._tell(f"{self._size.members:,} members", f"{bytes / 1e9:.1f} GB on disk")
        await self._idle(few)
        slow = await self._throughput()
        await self._commands()
        if self._kind == "sqlite":
            await self._writers()
        await self._carried(slow)

    def _tell(self, what: str, figure: str, bound: str = "", *, good: bool = True) -> None:
        self._report.tell(f"{self._kind}: {what}", figure, bound, good=good)

    async def _idle(self, few: str) -> None:
        small = (await told_by("idle", few))["median"]
        large = (await told_by("idle", self._full))["median"]
        ratio = large / small
        figure = f"{large * 1e3:.2f} ms / {small * 1e3:.2f} ms = {ratio:.2f}"
        what = f"a tick with nothing due, {self._size.members:,} / {FEW.members:,}"
        self._tell(what, figure, "< 1.5", good=ratio < 1.5)

    async def _throughput(self) -> dict[str, Any]:
        """Both, and APScheduler's figures."""
        slow = await told_by("apscheduler_baseline", await self._made.bare(self._kind), str(JOBS))
        fast = await told_by("morning", "bare", self._full)
        assert fast["delivered"] == self._size.due, fast
        theirs, ours = slow["fired"] / slow["seconds"], fast["delivered"] / fast["seconds"]
        figure = f"{ours:,.0f}/s / {theirs:,.0f}/s = {ours / theirs:.1f}"
        what = f"plan, claim, finish {self._size.due:,} / APScheduler"
        self._tell(what, figure, "> 5", good=ours > 5 * theirs)
        return slow

    async def _commands(self) -> None:
        await reset(self._full, self._size)
        empty = await self._made.empty(self._kind)
        alone = await _asked(empty, ASKED, 50, "alone")
        beside = await _asked(self._full, ASKED, self._size.members, "carried")
        assert beside["beside"], "the digests were all out before the commands were"
        for name in ("add", "list"):
            ratio, took = beside[name] / alone[name], beside[name]
            figure = f"{took * 1e3:.0f} ms / {alone[name] * 1e3:.0f} ms = {ratio:.1f}"
            good = ratio < 3 and took < SLACKS_LIMIT / 20
            what = f"p99 of `{name}` while digests go out / empty"
            self._tell(what, figure, "< 3, < 150 ms", good=good)

    async def _writers(self) -> None:
        await reset(self._full, self._size)
        async with (
            _commands(self._full, ADDS // 2, self._size.members, 11, "bare") as same,
            _commands(self._full, ADDS // 2, self._size.members, 12, "alone") as second,
        ):
            ends = await asyncio.gather(same.line(), second.line())
        slowest = [end["slowest"] for end in ends]
        figure = f"{slowest[0] * 1e3:.0f} ms, from a second one {slowest[1] * 1e3:.0f} ms"
        self._tell(f"slowest of {ADDS:,} adds", figure, "< 500 ms", good=max(slowest) < 0.5)

    async def _carried(self, slow: dict[str, Any]) -> None:
        await reset(self._full, self._size)
        found = await told_by("morning", "carried", self._full)
        assert found["delivered"] == self._size.due, found
        rate = found["delivered"] / found["seconds"]
        self._tell(f"{self._size.due:,} composed and carried", f"{rate:,.0f}/s in one process")
        blocked, always = found["blocked_at_first"], found["blocked"]
        slows = f"APScheduler {slow['blocked']:.1f} s"
        figure = f"{blocked * 1e3:.0f} ms (all: {always * 1e3:.0f} ms), {slows}"
        what = "longest the loop was blocked by the first 10,000"
        self._tell(what, figure, "< 50 ms", good=blocked < 0.05)
        figure = f"{found['peak']:.0f} MB, {found['at_first']:.0f} MB at first"
        self._tell("memory meanwhile", figure, "< 200 MB", good=found["peak"] < 200)


@asynccontextmanager
async def _commands(
    url: str, count: int, members: int, seed: int, how: str
) -> AsyncIterator[Child]:
    """Commands in a process of its own, which have begun."""
    async with child("commands", url, str(count), str(members), str(seed), how) as started:
        await started.tell("go")
        yield started


async def _asked(url: str, count: int, members: int, how: str) -> dict[str, Any]:
    async with _commands(url, count, members, 7, how) as started:
        return await started.line()


async def _sends(report: Report) -> None:
    for platform in ("slack", "discord"):
        found = await told_by("sends", platform, str(SENDS))
        rate, cpu = SENDS / found["seconds"], found["cpu"] / SENDS
        figure = f"{rate:,.0f}/s, {cpu * 1e3:.2f} ms of CPU each"
        report.tell(f"{platform}: sends by the real client", figure, "> 500/s", good=rate > 500)


async def bench(kinds: Sequence[str], size: Size, cache: Path | None) -> int:
    """Measure everything; 0 when all of it is in its bounds."""
    report = Report()
    await _sends(report)
    async with databases(cache) as made:
        for kind in kinds:
            await Bench(report, made, kind, size).run()
    print(f"out of bounds: {', '.join(report.missed)}" if report.missed else "all in bounds")
    return 1 if report.missed else 0


def main() -> int:
    """Read the command line and run it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench")
    parser.add_argument("--on", default=",".join(KINDS), help="the kinds of database")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, help="where filled databases stay")
    parsed = parser.parse_args()
    size = Size(parsed.members, parsed.due)
    return asyncio.run(bench(parsed.on.split(","), size, parsed.cache))


if __name__ == "__main__":
    sys.exit(main())
