"""The weeks of clubs, each on its own: one that can't go on holds up no other, and no digest."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.precedence import Precedence
from core.store import clubs
from core.store.database import Store, is_away
from core.trouble import kind_and_place
from core.usecases.clubs import week
from core.usecases.clubs.buddying import look_for_silence
from core.usecases.clubs.weighing import weigh

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Clubs that are looked at in one go; the others have their turn with the next one."""
PAUSE = timedelta(minutes=10)
"""Before a club that could not go on is tried again."""


class ClubWeeks:
    """Lets the weeks of clubs go on, in short transactions."""

    def __init__(self, store: Store, now: Callable[[], datetime], precedence: Precedence) -> None:
        """`now` gives the current instant, aware."""
        self._store, self._now, self._precedence = store, now, precedence
        self._paused: dict[int, datetime] = {}

    async def go_on(self) -> int:
        """Let every event happen that has come; how many."""
        happened = 0
        while some := await self._some():
            happened += some
        return happened

    async def _some(self) -> int:
        """The next event of some clubs that have one; how many."""
        now = self._now()
        self._paused = {id: until for id, until in self._paused.items() if until > now}
        limit = AT_ONCE + len(self._paused)
        async with self._store.reading() as session:
            coming = await clubs.coming(session, now, limit)
            silent = await clubs.to_nudge(session, now, limit)
        happened = 0
        for id in coming:
            happened += await self._alone(id, self._happen)
        for id in silent:
            await self._alone(id, self._look)
        return happened

    async def _alone(self, id: int, step: Callable[[int], Awaitable[bool]]) -> bool:
        """One step of one club. What is wrong with it is logged, and it is tried again later.

        Raises what a database raises that is away: that is no fault of the club.
        """
        if id in self._paused:
            return False
        try:
            return await step(id)
        except Exception as error:
            if is_away(error):
                raise
            log.error("the week of club %s can't go on: %s", id, kind_and_place(error))
            self._paused[id] = self._now() + PAUSE
            return False

    async def _happen(self, id: int) -> bool:
        async with self._store.reading() as session:
            weighed = await weigh(session, id, self._now(), self._precedence.give_way)
        if weighed is None:
            return False
        await self._precedence.give_way()
        async with self._store.writing() as session:
            return await week.happen(session, id, weighed, self._now())

    async def _look(self, id: int) -> bool:
        await self._precedence.give_way()
        async with self._store.writing() as session:
            await look_for_silence(session, id, self._now())
        return True
