"""The clock: what time it is, and the ticks that wake the courier.

The only place that knows APScheduler. One interval job, and nothing of ours in its store: the
tables are the truth, so a tick that is missed or doubled does no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 5


class Clock:
    """The time, in UTC and aware. It can start elsewhere and be moved on, to try things out."""

    def __init__(self, start: datetime | None = None) -> None:
        """With `start` it is that instant now, and runs on from there."""
        self._ahead = start - _system_now() if start else timedelta(0)

    def now(self) -> datetime:
        """This instant."""
        return _system_now() + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Go on to an instant. Raises ValueError for one that is over: time does not go back."""
        ahead = instant - _system_now()
        if ahead < self._ahead:
            raise ValueError("time does not go back")
        self._ahead = ahead


class Ticker:
    """Calls something every few seconds, one call at a time, whatever happens in it."""

    def __init__(
        self, tick: Callable[[], Awaitable[object]], seconds: float = TICK_SECONDS
    ) -> None:
        self._tick = tick
        self._ticking = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._safely,
            "interval",
            seconds=seconds,
            next_run_time=_system_now(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Tick at once, and then every few seconds."""
        self._scheduler.start()

    async def stop(self) -> None:
        """No tick begins after this; one under way is finished, for shutting down cancels it."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._ticking:
                self._scheduler.shutdown(wait=False)

    async def _safely(self) -> None:
        async with self._ticking:
            try:
                await self._tick()
            except Exception as error:
                log.error("tick failed: %s; the next one comes in a moment", type(error).__name__)


def _system_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place where time comes in
