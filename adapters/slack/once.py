"""What runs now, and what has been seen."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REMEMBERED = 900.0
"""Seconds; a signed request can be replayed for 300."""
MOST = 50_000


class Once:
    """Tells a new interaction from one that Slack delivers again.

    The desk keeps a second delivery from having an effect; this keeps it from being answered.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def first(self, key: str) -> bool:
        """Whether this key is new here; it is not from now on. An empty key is always new."""
        now = time.monotonic()
        while self._seen and (
            len(self._seen) >= MOST or next(iter(self._seen.values())) < now - REMEMBERED
        ):
            self._seen.popitem(last=False)
        if not key:
            return True
        new = key not in self._seen
        self._seen.setdefault(key, now)
        return new


class Running:
    """The interactions that are being answered, so that a stop can wait for them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextmanager
    def here(self) -> Iterator[None]:
        """Count the current task in until the block ends."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def finished(self, seconds: float) -> None:
        """Wait until all have ended, for so many seconds at most."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
