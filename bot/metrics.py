"""What is counted, for Prometheus. Nothing here names a person, a workspace or a delivery.

Each bot has a registry of its own: the library's is one for the whole process.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from core.caller import Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, Parcel, Unknown
from core.overview import Glance

_LATE_BUCKETS = (1, 5, 15, 60, 300, 900, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600)
_LAG_BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_ENDS: dict[type[Outcome], str] = {
    Delivered: "sent",
    Held: "held",
    Dead: "dead",
    Later: "later",
    Unknown: "unknown",
}
TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""The format that every Prometheus reads."""
LAG_EVERY = 0.1
"""Seconds between two looks at the event loop."""


class Answer(StrEnum):
    """How a request at the desk ended. A refusal is an answer; a failure is a fault of ours."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"


class Metrics:
    """Counts and gauges of one bot. Every series is there from the start, at zero."""

    def __init__(self, platforms: Iterable[Platform] = tuple(Platform)) -> None:
        """`platforms` are those that this bot serves."""
        self._registry = CollectorRegistry()
        counter = partial(Counter, registry=self._registry)
        gauge = partial(Gauge, registry=self._registry)
        histogram = partial(Histogram, registry=self._registry)
        each = ("platform",)
        ends = ("platform", "outcome")
        self._planned = counter("squeaky_planned", "Members whose digest hour came")
        self._deliveries = counter("squeaky_deliveries", "Attempts, by what came of them", ends)
        self._rate_limits = counter("squeaky_rate_limits", "Times we were told to slow down", each)
        self._requests = counter("squeaky_requests", "Requests, by how they ended", ("outcome",))
        self._ticks_failed = counter("squeaky_ticks_failed", "Ticks that ended in an error")
        late = "From a digest's hour until the platform had it"
        self._lateness = histogram("squeaky_lateness_seconds", late, each, buckets=_LATE_BUCKETS)
        lag = "How late the event loop wakes a task"
        self._lag = histogram("squeaky_loop_lag_seconds", lag, buckets=_LAG_BUCKETS)
        self._connected = gauge("squeaky_connected", "Whether requests reach this process", each)
        self._database_up = gauge("squeaky_database_up", "Whether the database answers")
        self._owed = gauge("squeaky_deliveries_owed", "Deliveries not finished yet")
        self._held = gauge("squeaky_members_held", "Members who wait for what was held back")
        self._dead = gauge("squeaky_deliveries_dead", "Deliveries that will never arrive")
        oldest = "Since when the oldest unsent delivery has its turn; 0 when none has"
        self._oldest = gauge("squeaky_oldest_unsent_seconds", oldest)
        ProcessCollector(registry=self._registry)
        self._begin(platforms)

    def planned(self, members: int) -> None:
        """The digest hour of so many members came and was dealt with."""
        self._planned.inc(members)

    def delivered(self, parcel: Parcel, outcome: Outcome, late_seconds: float) -> None:
        """One attempt came to its end, so many seconds after its digest's hour."""
        platform = parcel.to.platform
        self._deliveries.labels(platform, _ENDS[type(outcome)]).inc()
        if isinstance(outcome, Delivered):
            self._lateness.labels(platform).observe(max(0.0, late_seconds))
        if isinstance(outcome, Later) and outcome.limited:
            self._rate_limits.labels(platform).inc()

    def asked(self, answer: Answer) -> None:
        """A request at the desk has its answer."""
        self._requests.labels(answer).inc()

    def tick_failed(self) -> None:
        """A tick ended in an error."""
        self._ticks_failed.inc()

    def lagged(self, seconds: float) -> None:
        """The event loop woke a task so late."""
        self._lag.observe(seconds)

    def connected(self, platform: Platform, is_connected: bool) -> None:
        """Whether requests of that platform reach this process."""
        self._connected.labels(platform).set(is_connected)

    def glanced(self, glance: Glance | None) -> None:
        """How the deliveries stand; None, and no numbers, when the database did not say."""
        self._database_up.set(glance is not None)
        self._owed.set(glance.owed if glance else math.nan)
        self._held.set(glance.held if glance else math.nan)
        self._dead.set(glance.dead if glance else math.nan)
        self._oldest.set((glance.oldest_seconds or 0.0) if glance else math.nan)

    def render(self) -> tuple[bytes, str]:
        """Everything in Prometheus' text format, and its content type."""
        return generate_latest(self._registry), TEXT

    def _begin(self, platforms: Iterable[Platform]) -> None:
        """A series that first appears with its first fault hides that fault from `rate()`."""
        for platform in platforms:
            for end in _ENDS.values():
                self._deliveries.labels(platform, end)
            self._lateness.labels(platform)
            self._rate_limits.labels(platform)
        for answer in Answer:
            self._requests.labels(answer)
        self.glanced(None)


class LoopLag:
    """Measures how late the event loop wakes a task: who blocks it blocks everybody's answers."""

    def __init__(self, observe: Callable[[float], None], every: float = LAG_EVERY) -> None:
        """`observe` is called with each lag, in seconds; a look is taken every so many seconds."""
        self._observe, self._every = observe, every
        self._task: asyncio.Task[None] | None = None
        self.worst = 0.0

    def start(self) -> None:
        """Begin to measure. Must run inside the event loop."""
        self._task = asyncio.create_task(self._watch(), name="loop-lag")

    async def stop(self) -> None:
        """Measure no more. `worst` stays."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _watch(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            due = clock() + self._every
            await asyncio.sleep(self._every)
            lag = max(0.0, clock() - due)
            self.worst = max(self.worst, lag)
            self._observe(lag)
