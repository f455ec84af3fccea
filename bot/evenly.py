"""Sending at the pace that was granted, although packing takes now longer and now less.

The lanes in the database grant a pace over all processes. Between the grant and the request lie
queries, and a busy machine: what was granted over a second might leave within a tenth of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from core.domain.pacing import Pace, let_through

MANY = 1_000
"""Lanes remembered before those that have recovered are dropped."""
_BEGINNING = datetime.fromtimestamp(0, UTC)


class Evenly:
    """Lets each lane's parcels of this process leave no faster than its pace."""

    def __init__(self, pace_of: Callable[[str], Pace | None]) -> None:
        """`pace_of` gives a lane's pace, None where nothing is limited."""
        self._pace_of = pace_of
        self._free_at: dict[str, datetime] = {}

    async def turn(self, lane: str) -> None:
        """Return when the next one of this lane may leave."""
        pace = self._pace_of(lane)
        if pace is None:
            return
        while True:
            now = _monotonic()
            granted, free_at = let_through(pace, self._free_at.get(lane), now, 1)
            if granted:
                self._free_at[lane] = free_at
                self._tidy(now)
                return
            await asyncio.sleep((free_at - pace.slack - now).total_seconds())

    def _tidy(self, now: datetime) -> None:
        if len(self._free_at) > MANY:
            self._free_at = {lane: at for lane, at in self._free_at.items() if at > now}


def _monotonic() -> datetime:
    """The loop's clock as an instant: it never jumps."""
    return _BEGINNING + timedelta(seconds=asyncio.get_running_loop().time())
