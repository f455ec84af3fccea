"""Clubs whose channel has been closed for long: erased, unless it is open after all.

Platforms tell that a channel is open again, but not to a bot that is down, and in a club that is
stopped nothing is posted that would show it. So the platform is asked before anything is erased.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from core.caller import Platform
from core.departures import KEPT
from core.domain.clubs.records import Club
from core.domain.deliveries import Attendance
from core.store import clubs
from core.store.database import Store
from core.store.erasing import erase_club
from core.usecases.clubs import rooms

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
"""Between two looks: nobody waits for one, and a platform that says nothing is not pestered."""
AT_A_TIME = 100


class Closings:
    """Asks the platforms about channels that were closed `KEPT` ago or longer."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        attendances: Mapping[Platform, Attendance],
    ) -> None:
        """`now` gives the current instant, aware."""
        self._store, self._now, self._attendances = store, now, attendances
        self._looked: datetime | None = None

    async def look(self) -> int:
        """Look at some of them if it is time to; how many clubs were erased."""
        now = self._now()
        if self._looked is not None and now - self._looked < EVERY:
            return 0
        self._looked = now
        async with self._store.reading() as session:
            found = await clubs.long_shut(session, now - KEPT, AT_A_TIME)
        erased = 0
        for club in found:
            erased += await self._judge(club)
        return erased

    async def _judge(self, club: Club) -> bool:
        """Erase it or open it. Where nobody says how its channel stands, it waits."""
        attendance = self._attendances.get(club.room.platform)
        writable = await attendance.writable(club.room) if attendance is not None else None
        if writable is None:
            return False
        async with self._store.writing() as session:
            held = await clubs.held(session, club.id)
            if held is None or not held.shut or held.room != club.room:
                return False  # somebody was faster
            if writable:
                await rooms.open_again(session, [club.id], self._now())
                return False
            await erase_club(session, club.id)
        log.info("erased a club whose channel was closed %d days ago", KEPT.days)
        return True
