"""What runs now, and what has been seen."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

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
    """What is under way, so that a stop can wait for it."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def here(self) -> Iterator[None]:
        """Count as under way until the block ends."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def finished(self, seconds: float) -> None:
        """Wait until nothing is under way, for so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
