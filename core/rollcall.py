"""Roll calls: before a club's week goes on, who of its members is still in the channel.

Platforms tell that somebody has left, but not always, and not to a bot that is down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.clubs.records import Club
from core.domain.deliveries import Attendance
from core.store import clubs, memberships
from core.store.database import Store
from core.usecases.clubs.departing import depart

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=2)
"""How long before an event the roll is called; once in that time."""


class RollCall:
    """Asks the platforms, and takes those off the boards who are not there any more."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        attendances: Mapping[Platform, Attendance],
    ) -> None:
        """`now` gives the current instant, aware."""
        self._store, self._now, self._attendances = store, now, attendances

    async def call(self) -> int:
        """Call the roll of every club that has an event soon; how many members had left."""
        async with self._store.reading() as session:
            soon = await clubs.to_roll(session, self._now(), AHEAD)
        gone = 0
        for club in soon:
            gone += await self._call(club)
        return gone

    async def _call(self, club: Club) -> int:
        attendance = self._attendances.get(club.room.platform)
        if attendance is None:
            return 0
        async with self._store.reading() as session:
            known = await _people(session, club)
        present = await attendance.present(club.room, frozenset(known)) if known else frozenset()
        if present is None:
            return 0  # the platform did not say: nobody is taken for gone
        gone = [known[user] for user in known.keys() - present]
        async with self._store.writing() as session:
            await depart(session, club.id, gone, self._now())
            await clubs.rolled(session, club.id, self._now())
        if gone:
            log.info("%s: %d members had left a club's channel", club.room.platform, len(gone))
        return len(gone)


async def _people(session: AsyncSession, club: Club) -> dict[str, int]:
    """Who has to do with a club, by their id on the platform: members' ids at the desk."""
    joined = [
        (one.member_id, one.account_id) for one in await memberships.of_club(session, club.id)
    ]
    looking_after = await clubs.organizers(session, club.id)
    everybody: Collection[tuple[int, int]] = {*joined, *looking_after}
    accounts = await memberships.accounts(session, {account for _, account in everybody})
    return {accounts[account].user: member for member, account in everybody}
