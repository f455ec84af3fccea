"""What platforms tell of channels and people, written down for the clubs; see `domain.comings`.

All of it may be said twice and in any order, and mostly of channels in which there is no club:
those cost one look at an index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.caller import Account, Platform, Room
from core.domain.comings import Shut
from core.store import accounts, clubs, members
from core.store.database import Store
from core.usecases.clubs import rooms
from core.usecases.clubs.departing import depart
from core.voice.clubs.shut import reason


class ClubComings:
    """Keeps clubs in step with their channels and their members."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """`now` gives the current instant, aware."""
        self._store, self._now = store, now

    async def shut(self, room: Room, why: Shut) -> None:
        """Nothing can be posted there: those who look after its club hear of it once."""
        ids = await self._there(room)
        if ids:
            async with self._store.writing() as session:
                await rooms.shut(session, ids, reason(why, room.platform), self._now())

    async def opened(self, room: Room) -> None:
        """Something can be posted there again: what was held goes out."""
        await self._open(await self._there(room))

    async def server_shut(self, platform: Platform, server: str, why: Shut) -> None:
        """As `shut`, for every room of a server."""
        async with self._store.reading() as session:
            ids = await clubs.clubs_of_server(session, platform, server)
        if ids:
            async with self._store.writing() as session:
                await rooms.shut(session, ids, reason(why, platform), self._now())

    async def server_opened(self, platform: Platform, server: str) -> None:
        """As `opened`, for every room of a server; one that stays closed says so itself."""
        async with self._store.reading() as session:
            ids = await clubs.clubs_of_server(session, platform, server)
        await self._open(ids)

    async def went(self, room: Room, account: Account) -> None:
        """Off the boards of the room's club at once, and it is not theirs to run."""
        ids = await self._there(room)
        if ids:
            await self._depart(ids, account)

    async def went_everywhere(self, account: Account) -> None:
        """Off all boards at once."""
        async with self._store.reading() as session:
            ids = await accounts.clubs_of(session, account)
        if ids:
            await self._depart(ids, account)

    async def _depart(self, ids: Sequence[int], account: Account) -> None:
        """Of clubs in which a member is by another account of theirs they are not gone."""
        async with self._store.writing() as session:
            member = await members.peek(session, account)
            own = await accounts.clubs_of(session, account)
            for id in ids if member else ():
                assert member is not None
                if id in own:
                    await depart(session, id, [member.id], self._now())

    async def _open(self, ids: Sequence[int]) -> None:
        if ids:
            async with self._store.writing() as session:
                await rooms.open_again(session, ids, self._now())

    async def _there(self, room: Room) -> list[int]:
        async with self._store.reading() as session:
            club = await clubs.club_at(session, room)
        return [club.id] if club is not None else []
