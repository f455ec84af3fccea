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
from core.store.database import Store, is_away
from core.trouble import kind_and_place
from core.usecases.clubs.departing import depart

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=2)
"""How long before an event the roll is called; once in that time."""
PAUSE = timedelta(minutes=10)
"""Before a roll is called again that came to nothing."""
AT_A_TIME = 100


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
        self._deserted: set[int] = set()

    async def call(self) -> int:
        """Call the roll of every club that has an event soon; how many members had left."""
        async with self._store.reading() as session:
            soon = await clubs.to_roll(session, self._now(), AHEAD, [*self._attendances], AT_A_TIME)
        gone = 0
        for club in soon:
            gone += await self._safely(club)
        return gone

    async def _safely(self, club: Club) -> int:
        """One fault holds up no other club. Raises when the database is away."""
        try:
            return await self._call(club)
        except Exception as error:
            if is_away(error):
                raise
            log.error("the roll of club %d can't be called: %s", club.id, kind_and_place(error))
            await self._call_again(club)
            return 0

    async def _call(self, club: Club) -> int:
        attendance = self._attendances[club.room.platform]
        async with self._store.reading() as session:
            known = await _people(session, club)
        present = await attendance.present(club.room, frozenset(known)) if known else frozenset()
        if present is None or self._is_doubtful(club, known, present):
            await self._call_again(club)
            return 0  # nobody is taken for gone
        gone = {known[user] for user in known.keys() - present}
        gone -= {known[user] for user in known.keys() & present}  # there by another account
        async with self._store.writing() as session:
            await depart(session, club.id, gone, self._now())
            await clubs.rolled(session, club.id, self._now())
        if gone:
            log.info("%s: %d members had left a club's channel", club.room.platform, len(gone))
        return len(gone)

    def _is_doubtful(self, club: Club, known: Collection[str], present: Collection[str]) -> bool:
        """Whether several people are said to have left all at once, and that for the first time."""
        nobody = not present and len(known) > 1
        doubtful = nobody and club.id not in self._deserted
        self._deserted.discard(club.id)
        if doubtful:
            self._deserted.add(club.id)
        return doubtful

    async def _call_again(self, club: Club) -> None:
        """In a while and not with the next tick: a platform that says nothing is not pestered."""
        async with self._store.writing() as session:
            await clubs.rolled(session, club.id, self._now() - AHEAD + PAUSE)


async def _people(session: AsyncSession, club: Club) -> dict[str, int]:
    """Who has to do with a club, by their id on the platform: members' ids at the desk."""
    joined = [
        (one.member_id, one.account_id) for one in await memberships.of_club(session, club.id)
    ]
    looking_after = await clubs.organizers(session, club.id)
    everybody: Collection[tuple[int, int]] = {*joined, *looking_after}
    accounts = await memberships.accounts(session, {account for _, account in everybody})
    return {accounts[account].user: member for member, account in everybody}
