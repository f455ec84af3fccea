"""Taking turns between processes that write to one SQLite file.

SQLite itself lets whoever polls at the right moment write next: a process that writes batch after
batch starves another for seconds. Here a writer waits with a foot in the door: it holds `next`
while it waits for `busy`, so whoever has just written can't come again before it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

if sys.platform != "win32":  # where SQLite's own waiting has to do
    import fcntl


class Turns:
    """First come, first served, over all processes that write to one file.

    The locks are the kernel's, on two empty files beside the database: they go when their process
    does, however it ends.
    """

    def __init__(self, database: Path) -> None:
        self._next, self._busy = lock_files(database)
        self._here, self._patient = asyncio.Lock(), asyncio.Lock()

    @asynccontextmanager
    async def mine(self, *, patient: bool = False) -> AsyncIterator[None]:
        """Within this block nobody else writes.

        Of the patient ones of this process one at a time stands in the queue, so that whoever comes
        in a hurry waits for one of them at most.
        """
        async with self._patient if patient else nullcontext(), self._here:
            if sys.platform == "win32":
                yield
                return
            door = await _locked(self._next)
            try:
                desk = await _locked(self._busy)
            finally:
                os.close(door)
            try:
                yield
            finally:
                os.close(desk)


def lock_files(database: Path) -> tuple[Path, Path]:
    """The two files beside a database that hold the locks: `next` and `busy`."""
    return database.with_name(f"{database.name}-next"), database.with_name(f"{database.name}-busy")


async def _locked(path: Path) -> int:
    """An open file with the lock on it, which closing gives back. Waits in a thread if it must."""
    assert sys.platform != "win32"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting = asyncio.ensure_future(asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX))
        try:
            await asyncio.shield(waiting)
        except asyncio.CancelledError:
            waiting.add_done_callback(lambda _: os.close(file))
            raise
    return file
