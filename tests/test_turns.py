"""Taking turns at one SQLite file: first come, first served, over all processes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.store.turns import Turns

HOLDER = """
import asyncio, sys
from pathlib import Path
from core.store.turns import Turns

async def main():
    async with Turns(Path(sys.argv[1])).mine():
        print("mine", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    print("done", flush=True)

asyncio.run(main())
"""
A_MOMENT = 0.3
ROOT = Path(__file__).parent.parent


@asynccontextmanager
async def holder(database: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Another process whose turn it is until it reads a line."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = sys.executable, "-c", HOLDER, str(database)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, env=env, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"mine\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "squeaky.sqlite3"


async def test_within_a_process_who_came_first_is_served_first(database: Path) -> None:
    turns, order = Turns(database), []

    async def write(name: int) -> None:
        async with turns.mine():
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    await asyncio.gather(*(write(name) for name in range(5)))
    assert order == [name for name in range(5) for _ in range(2)]


async def test_another_process_is_waited_for(database: Path) -> None:
    async with holder(database) as process:
        waiting = asyncio.create_task(_once(Turns(database)))
        await asyncio.sleep(A_MOMENT)
        assert not waiting.done()
        assert process.stdin is not None
        process.stdin.write(b"go on\n")
        await asyncio.wait_for(waiting, 10)


async def test_one_that_dies_holds_nobody_up(database: Path) -> None:
    async with holder(database) as process:
        waiting = asyncio.create_task(_once(Turns(database)))
        await asyncio.sleep(A_MOMENT)
        process.send_signal(signal.SIGKILL)
        await asyncio.wait_for(waiting, 10)


async def test_who_writes_without_end_lets_another_in_after_each_turn(database: Path) -> None:
    """Here the two are as two processes are: they share nothing but the files."""
    greedy, other, turns = Turns(database), Turns(database), 0

    async def write_on() -> None:
        nonlocal turns
        while True:
            async with greedy.mine():
                turns += 1
                await asyncio.sleep(0.02)

    task = asyncio.create_task(write_on())
    await asyncio.sleep(A_MOMENT)
    for _ in range(5):
        before = turns
        await asyncio.wait_for(_once(other), 10)
        assert turns - before <= 2, "the one under way, and one that had come before"
    task.cancel()


async def test_who_stops_waiting_leaves_nothing_behind(database: Path) -> None:
    files = open_files()
    async with holder(database) as process:
        waiting = asyncio.create_task(_once(Turns(database)))
        await asyncio.sleep(A_MOMENT)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert process.stdin is not None
        process.stdin.write(b"go on\n")
        await process.wait()
    await asyncio.wait_for(_once(Turns(database)), 10)
    await asyncio.sleep(A_MOMENT)
    assert open_files() <= files + 1


def open_files() -> int:
    """How many files this process has open; 0 where the system doesn't tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


async def _once(turns: Turns) -> None:
    async with turns.mine():
        pass


async def test_who_is_in_a_hurry_waits_for_one_patient_writer_at_most(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "squeaky.sqlite3")
    order: list[str] = []

    async def write(name: str, *, patient: bool) -> None:
        async with turns.mine(patient=patient):
            order.append(name)
            await asyncio.sleep(0.01)

    batches = [asyncio.create_task(write(f"batch {n}", patient=True)) for n in range(3)]
    await asyncio.sleep(0)  # they have asked before
    person = asyncio.create_task(write("person", patient=False))
    await asyncio.gather(*batches, person)
    assert order == ["batch 0", "person", "batch 1", "batch 2"]
