"""Members who are in a club no longer: off its boards, and whoever waits for them hears of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.introductions import State
from core.domain.owed import Matter
from core.store import clubs, helping, memberships, owing


async def depart(
    session: AsyncSession, club_id: int, member_ids: Collection[int], now: datetime
) -> None:
    """Take these members out of a club, whatever they were in it: it is not theirs to run either.

    It may be said twice.
    """
    for member_id in member_ids:
        await leave(session, club_id, member_id, now)
        await clubs.remove_organizer(session, club_id, member_id)


async def leave(session: AsyncSession, club_id: int, member_id: int, now: datetime) -> None:
    """Off the boards at once. Nobody asks, or waits for an introduction, in vain."""
    asks = await helping.open_asks(session, member_id, club_id)
    await decline_offers(session, [ask.id for ask in asks], now)
    for offered, post in await helping.offers_of(session, member_id):
        own = offered.member_id == member_id and post.club_id == club_id
        if own and offered.state is State.ACCEPTED:
            await tell_asker(session, post.id, now)
    await helping.withdraw(session, club_id, member_id)
    mine = await memberships.one_of(session, club_id, member_id)
    if mine is not None:
        await memberships.leave(session, [mine.id])


async def decline_offers(session: AsyncSession, posts: Collection[int], now: datetime) -> None:
    """Asks that are over: who offered and has no answer yet hears that none is needed any more."""
    for offered in await helping.unanswered(session, posts):
        await helping.put_offer(session, offered.id, State.DECLINED)
        await owing.owe_member(
            session,
            offered.member_id,
            offered.account_id,
            Matter.ANSWER,
            now.date(),
            now,
            offered.id,
        )


async def tell_asker(session: AsyncSession, post_id: int, now: datetime) -> None:
    """The asker who said yes waits for a word: that it came to nothing, and not whose fault."""
    post = await helping.post_by_id(session, post_id)
    if post is not None:
        await owing.owe_member(
            session, post.member_id, post.account_id, Matter.NOTHING, now.date(), now, post.id
        )
