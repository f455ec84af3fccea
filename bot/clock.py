"""The clock: what time it is, and the ticks that wake the courier.

The only place that knows APScheduler. One interval job, and nothing of ours in its store: the
tables are the truth, so a tick that is missed or doubled does no harm.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 5
JUMP_SECONDS = 10.0
ROLLBACK = 0.5
"""Seconds that a tick which is cut off has to end; a database that hangs is not waited for."""


class Clock:
    """The time, in UTC and aware. It can start elsewhere and be moved on, to try things out."""

    def __init__(
        self,
        start: datetime | None = None,
        *,
        system: Callable[[], datetime] | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """With `start` it is that instant now, and runs on from there.

        `system` is the computer's clock, which somebody may set; `steady` counts seconds evenly.
        """
        self._system = system or _system_now
        self._steady = steady
        self._ahead = start - self._system() if start else timedelta(0)
        self._base = self._drift()
        self._jumped_at: float | None = None

    def now(self) -> datetime:
        """This instant."""
        return self._system() + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Go on to an instant. Raises ValueError for one that is over: time does not go back."""
        ahead = instant - self._system()
        if ahead < self._ahead:
            raise ValueError("time does not go back")
        self._ahead = ahead

    def settled(self, period: timedelta) -> bool:
        """Whether the computer's clock has run evenly for so long.

        After a jump no lease can be believed to be over until a whole one has passed.
        """
        drift = self._drift()
        jump = drift - self._base
        if abs(jump) > JUMP_SECONDS:
            self._base, self._jumped_at = drift, self._steady()
            log.warning("the computer's clock jumped by %+.0f s", jump)
        if self._jumped_at is None:
            return True
        return self._steady() - self._jumped_at > period.total_seconds()

    def _drift(self) -> float:
        return self._system().timestamp() - self._steady()


class Ticker:
    """Calls something every few seconds, one call at a time, whatever happens in it."""

    def __init__(
        self,
        tick: Callable[[], Awaitable[object]],
        seconds: float = TICK_SECONDS,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """`failed` hears the error that a tick ended in; without it that is logged."""
        self._tick = tick
        self._failed = failed or log_failure
        self._task: asyncio.Future[object] | None = None
        self._stopped = False
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

    async def stop(self, seconds: float = 0.0) -> None:
        """No tick begins after this; one under way has so many seconds and is then cut off.

        A tick is transactions: what is cut off is rolled back, and done by whoever goes on.
        """
        self._stopped = True
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        if self._task is not None and not self._task.done():
            await asyncio.wait({self._task}, timeout=seconds)
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=ROLLBACK)
        self._scheduler.shutdown(wait=False)

    async def _safely(self) -> None:
        """Run in a task of its own: shutting the scheduler down would cancel it."""
        if self._stopped:  # its turn had been given out, and had not come
            return
        self._task = asyncio.ensure_future(self._tick())
        await asyncio.wait({self._task})
        error = None if self._task.cancelled() else self._task.exception()
        if isinstance(error, Exception):
            self._failed(error)


def log_failure(error: Exception) -> None:
    """Say that a tick failed: its type alone, for words may be somebody's."""
    log.error("tick failed: %s; the next one comes in a moment", type(error).__name__)


def _system_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place where time comes in
