"""Who goes first: a person who waits for an answer, before a digest that can wait a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 0.1
"""Seconds that a piece of other work waits at most: under a constant rush it goes on, slowly."""


class Precedence:
    """Counts the people who wait, so that other work can let them pass."""

    def __init__(self) -> None:
        self._waiting = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Within this block a person waits."""
        self._waiting += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._quiet.set()

    async def give_way(self) -> None:
        """Let others have their turn, and those who wait their answers."""
        await asyncio.sleep(0)
        if self._waiting:
            try:
                async with asyncio.timeout(LONGEST):
                    await self._quiet.wait()
            except TimeoutError:
                pass
