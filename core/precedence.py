"""Who goes first: a person who waits for an answer, before a digest that can wait a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from core.store.database import Store

LIVELY = 5.0
"""Seconds after an answer in which another question is likely."""
LONGEST = 0.3
"""Seconds that a piece of other work waits at most: under a constant rush it goes on, slowly."""


class Precedence:
    """Counts the people who wait, so that other work can let them pass."""

    def __init__(self) -> None:
        self._waiting = 0
        self._answered_at = -LIVELY
        self._quiet = asyncio.Event()
        self._quiet.set()

    @property
    def is_lively(self) -> bool:
        """Whether somebody waits or did so just now, so that work is better done in small parts."""
        return bool(self._waiting) or time.monotonic() - self._answered_at < LIVELY

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Within this block a person waits."""
        self._waiting += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            self._answered_at = time.monotonic()
            if not self._waiting:
                self._quiet.set()

    async def give_way(self, longest: float | None = None) -> None:
        """Let others have their turn, and those who wait their answers; `longest` is in seconds."""
        await asyncio.sleep(0)
        if self._waiting:
            try:
                async with asyncio.timeout(LONGEST if longest is None else longest):
                    await self._quiet.wait()
            except TimeoutError:
                pass

    @asynccontextmanager
    async def writing_behind(self, store: Store) -> AsyncIterator[AsyncSession]:
        """A transaction of other work: it begins when nobody waits for theirs."""
        await self.give_way()
        async with store.writing(patient=True) as session:
            yield session
