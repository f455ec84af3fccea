"""Clubs whose week goes on: each of its events, and who has been silent, a few clubs at a time."""

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

AT_A_TIME = 50
"""Clubs that are looked at in one go; digests have their turn before the next ones."""
SET_ASIDE = timedelta(minutes=2)
"""How long a club waits of which something is broken, so that it holds up no other."""


class ClubWeeks:
    """Lets events happen that have come. Every club is a few short transactions of its own."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], precedence: Precedence | None = None
    ) -> None:
        """`now` gives the current instant, aware; `precedence` is shared with the desk."""
        self._store, self._now = store, now
        self._precedence = precedence or Precedence()
        self._aside: dict[int, datetime] = {}

    async def go_on(self) -> int:
        """The next event of some clubs that have one; how many happened.

        It is weighed without a lock and happens under one, if nobody else was faster.
        """
        now = self._now()
        self._aside = {id: until for id, until in self._aside.items() if until > now}
        async with self._store.reading() as session:
            coming = await clubs.coming(session, now, AT_A_TIME, self._aside)
            silent = await clubs.to_nudge(session, now, AT_A_TIME, self._aside)
        happened = 0
        for id in coming:
            happened += await self._safely(id, self._event)
        for id in silent:
            await self._safely(id, self._silence)
        return happened

    async def _safely(self, id: int, step: Callable[[int], Awaitable[bool]]) -> bool:
        """One fault holds up no other club. Raises when the database is away."""
        try:
            return await step(id)
        except Exception as error:
            if is_away(error):
                raise
            self._aside[id] = self._now() + SET_ASIDE
            log.error("the week of club %d can't go on: %s", id, kind_and_place(error))
            return False

    async def _event(self, id: int) -> bool:
        async with self._store.reading() as session:
            weighed = await weigh(session, id, self._now(), self._precedence.give_way)
        if weighed is None:
            return False
        async with self._precedence.writing_behind(self._store) as session:
            return await week.happen(session, id, weighed, self._now())

    async def _silence(self, id: int) -> bool:
        async with self._precedence.writing_behind(self._store) as session:
            await look_for_silence(session, id, self._now())
        return True
