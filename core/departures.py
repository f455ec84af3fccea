"""What happens where the bot is removed: nothing is sent any more, and after a while all is erased.

Until then the members' data is kept, for the bot may have been removed by mistake.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.comings import Shut
from core.store import clubs, departures
from core.store.database import Store
from core.store.erasing import erase_member
from core.usecases.clubs import rooms
from core.voice.clubs.shut import reason

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long the data is kept of a member who can be reached nowhere."""
BATCH = 200
ERASED_AT_ONCE = 20

_Step: TypeAlias = Callable[[AsyncSession, Platform, str, datetime, int], Awaitable[int]]


class Departures:
    """Removals of the bot and its returns. All of it may be said twice, in any order."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """`now` gives the current instant, aware."""
        self._store = store
        self._now = now

    async def left(self, platform: Platform, workspace: str) -> int:
        """The bot was removed there: how many accounts are left, that were not before.

        What they are owed will never arrive, and nothing more is planned for them.
        """
        count = await self._in_batches(departures.leave, platform, workspace)
        await self._in_batches(departures.drop_owed, platform, workspace)
        await self._clubs(platform, workspace, shut=True)
        if count:
            log.info("%s: the bot was removed from a workspace of %d accounts", platform, count)
        return count

    async def returned(self, platform: Platform, workspace: str) -> int:
        """The bot is back: how many members' digests go on."""
        count = await self._in_batches(departures.come_back, platform, workspace)
        await self._clubs(platform, workspace, shut=False)
        if count:
            log.info("%s: the bot is back in a workspace of %d members", platform, count)
        return count

    async def erase_old(self) -> int:
        """Erase the members all of whose accounts were left `KEPT` ago or longer; how many."""
        before = self._now() - KEPT
        async with self._store.reading() as session:
            if not await departures.any_long_gone(session, before):
                return 0  # an idle look takes no write lock
        erased = 0
        while True:
            batch = await self._erase(before)
            erased += batch
            if batch < ERASED_AT_ONCE:
                break
        if erased:
            log.info("erased %d members whom the bot left %d days ago", erased, KEPT.days)
        return erased

    async def _clubs(self, platform: Platform, workspace: str, *, shut: bool) -> None:
        """The clubs of a workspace are closed with it, and those alone open again with it."""
        why = reason(Shut.REMOVED, platform)
        async with self._store.writing() as session:
            ids = await clubs.clubs_in(session, platform, workspace) if workspace else []
            if shut:
                await clubs.shut(session, ids, why, self._now())
            else:
                there = await clubs.some_clubs(session, ids)
                closed = [one.id for one in there if one.shut == why]
                await rooms.open_again(session, closed, self._now())

    async def _erase(self, before: datetime) -> int:
        async with self._store.writing() as session:
            ids = await departures.long_gone(session, before, ERASED_AT_ONCE)
            for id in ids:
                await erase_member(session, id)
        return len(ids)

    async def _in_batches(self, step: _Step, platform: Platform, workspace: str) -> int:
        """Take a step until it has nothing left to do; each is a transaction of its own."""
        done = 0
        while True:
            async with self._store.writing() as session:
                batch = await step(session, platform, workspace, self._now(), BATCH)
            done += batch
            if batch < BATCH:
                return done
