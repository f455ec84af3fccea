"""What whoever runs the bot can see of its deliveries, and how they are tried again.

Only opaque ids, days and states: nothing of a member or a contact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.caller import Platform, Room
from core.domain.deliveries import State
from core.domain.hours import DEFAULT_ZONE, local_day, zone_of
from core.domain.owed import is_over
from core.store import overview, retrying
from core.store.database import Store
from core.store.overview import Listed, Standing
from core.store.retrying import Candidate
from core.store.schema import Age, age_of, revision_of

BATCH = 200
A_DAY = timedelta(days=1)
NOT_THERE = "there is no such delivery"
OVER = "its day is over, and what it says no longer true; the next morning's says it all"
_NOT_STUCK = {
    State.QUEUED: "it waits to be sent already",
    State.SENDING: "it may be on its way; what is in doubt is looked for by itself",
    State.SENT: "it has arrived",
    State.DROPPED: "nothing was due any more when its turn came",
}


@dataclass(frozen=True)
class Glance:
    """How the deliveries stand at one moment. Counts go up to 10,001: "more than 10,000".

    - `owed`: not finished yet, those whose turn is still to come among them.
    - `oldest_turn`: since when the one waits that should have gone out first; None if none should.
    - `oldest_planned`: the earliest digest hour among those whose turn has come.
    - `held`: members who wait for a message that couldn't reach them.
    - `dead`: deliveries that will never arrive, as long as they are kept.
    """

    at: datetime
    owed: int
    oldest_turn: datetime | None
    oldest_planned: datetime | None
    held: int
    dead: int

    @property
    def oldest_seconds(self) -> float | None:
        """How long the oldest unsent delivery has waited since its turn came."""
        if self.oldest_turn is None:
            return None
        return max(0.0, (self.at - self.oldest_turn).total_seconds())


class Overview:
    """Looks at the deliveries on some platforms, and has stuck ones tried again."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        platforms: Collection[Platform] = tuple(Platform),
    ) -> None:
        """`platforms` are those that this bot serves: what is owed elsewhere is not its fault."""
        self._store, self._now, self._platforms = store, now, platforms

    async def is_current(self) -> bool:
        """Whether the database has the schema of this version."""
        return (await self.schema())[1] is Age.CURRENT

    async def schema(self) -> tuple[str, Age]:
        """The database's schema, as "0001" or "" for none, and how it stands to ours."""
        async with self._store.reading() as session:
            connection = await session.connection()
            revision = await connection.run_sync(revision_of)
        return revision, age_of(revision)

    async def zones(self) -> list[str]:
        """The time zones that members live in."""
        async with self._store.reading() as session:
            return await overview.zones(session)

    async def rooms(self, platform: Platform, limit: int) -> list[Room]:
        """The channels of clubs on that platform, up to `limit`."""
        async with self._store.reading() as session:
            return await overview.rooms(session, platform, limit)

    async def waiting_because(self, platform: Platform, reason: str) -> int:
        """How many of today's and yesterday's messages there are held for that reason."""
        since = (self._now() - A_DAY).date()
        async with self._store.reading() as session:
            return await overview.held_because(session, platform, reason, since)

    async def glance(self) -> Glance:
        """How things stand: two looks at an index."""
        now = self._now()
        async with self._store.reading() as session:
            owed = await overview.owed(session, now, self._platforms)
            held, dead = await overview.stuck(session, self._platforms)
        return Glance(now, owed.count, owed.oldest_turn, owed.oldest_planned, held, dead)

    async def listed(self, standing: Standing, limit: int) -> list[Listed]:
        """Up to `limit` deliveries: the longest waiting, or the newest that got stuck."""
        async with self._store.reading() as session:
            return await overview.listed(session, standing, self._now(), limit)

    async def retry(self, ids: Iterable[int]) -> dict[int, str]:
        """Have these tried again. For each id "", or a clause that says why not."""
        wanted = list(dict.fromkeys(ids))
        now = self._now()
        async with self._store.writing() as session:
            found = {c.id: refusal(c, now) for c in await retrying.candidates(session, wanted)}
            again = [id for id, refused in found.items() if not refused]
            await retrying.queue_again(session, again, now)
        return {id: found.get(id, NOT_THERE) for id in wanted}

    async def retry_all(self, state: State) -> int:
        """Have all held or dead ones tried again that may be; how many. A batch at a time."""
        now = self._now()
        since = (now - A_DAY).date()  # some members' day is still that one
        last: int | None = None
        again = 0
        while True:
            async with self._store.writing() as session:
                batch = await retrying.stuck_below(session, last, state, since, BATCH)
                ids = [candidate.id for candidate in batch if not refusal(candidate, now)]
                await retrying.queue_again(session, ids, now)
            again += len(ids)
            if len(batch) < BATCH:
                return again
            last = batch[-1].id


def refusal(candidate: Candidate, now: datetime) -> str:
    """Why a delivery is not tried again, as a clause; "" when it may be."""
    if candidate.state in _NOT_STUCK:
        return _NOT_STUCK[candidate.state]
    today = local_day(now, zone_of(candidate.zone or DEFAULT_ZONE))
    return OVER if is_over(candidate.kind, candidate.day, today) else ""
