"""Clocks, probes and percentiles; and running a part of a benchmark in a process of its own."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

NAP = 0.001
"""Seconds that the probe sleeps between two looks."""


class Probe:
    """How late a task is woken that wants to be woken every millisecond.

    While the event loop is blocked nobody is answered: the latest it ever was is what counts.
    """

    def __init__(self) -> None:
        self.worst = 0.0
        self._task: asyncio.Task[None] | None = None

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + NAP
            await asyncio.sleep(NAP)
            self.worst = max(self.worst, loop.time() - due)

    async def __aenter__(self) -> Probe:
        self._task = asyncio.create_task(self._watch())
        await asyncio.sleep(10 * NAP)
        self.worst = 0.0
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._task is not None
        await asyncio.sleep(10 * NAP)  # it must still notice what blocked it last
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all of them doesn't exceed; 1.0 gives the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return percentile(values, 0.5)


def memory_now() -> float:
    """What this process holds in memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def memory_peak() -> float:
    """The most that this process ever held in memory, in MB."""
    # Not from `getrusage`: there a process begins with what its parent held.
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024 / 1e6


def say(**values: object) -> None:
    """Print one line for `lines_of` in the parent process."""
    print(json.dumps(values), flush=True)


class Child:
    """A module of the benchmarks in a process of its own, which prints lines of JSON."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> dict[str, Any]:
        """Its next line. Raises RuntimeError when it ended without one."""
        assert self._process.stdout is not None
        text = await self._process.stdout.readline()
        if not text:
            raise RuntimeError(f"a child ended with {await self._process.wait()}")
        found: dict[str, Any] = json.loads(text)
        return found

    async def tell(self, text: str) -> None:
        """Give it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n".encode())
        await self._process.stdin.drain()

    async def ended(self) -> None:
        """Wait for its end."""
        if await self._process.wait():
            raise RuntimeError(f"a child ended with {self._process.returncode}")

    async def stop(self) -> None:
        """Let it end: its input is closed."""
        assert self._process.stdin is not None
        if self._process.returncode is None:
            self._process.stdin.close()
            await self._process.wait()


@asynccontextmanager
async def child(module: str, *arguments: str) -> AsyncIterator[Child]:
    """Run `python -m benchmarks.MODULE`; it is gone at the end, whatever happened."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "ignore",
        "-m",
        f"benchmarks.{module}",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    made = Child(process)
    try:
        yield made
        await made.stop()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def told_by(module: str, *arguments: str) -> dict[str, Any]:
    """What a child prints as its only line."""
    async with child(module, *arguments) as started:
        line = await started.line()
        await started.ended()
        return line


def since(began: float) -> float:
    """Seconds since `time.monotonic()` said that."""
    return time.monotonic() - began
