"""Members who are in a club's channel no longer: off its boards, and it is not theirs to run."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from core.store import clubs, helping, memberships


async def depart(session: AsyncSession, club_id: int, member_ids: Collection[int]) -> None:
    """Take these members out of a club, whatever they were in it. It may be said twice."""
    gone = []
    for member_id in member_ids:
        mine = await memberships.one_of(session, club_id, member_id)
        if mine is not None:
            gone.append(mine.id)
        await helping.withdraw(session, club_id, member_id)
        await clubs.remove_organizer(session, club_id, member_id)
    if gone:
        await memberships.leave(session, gone)
