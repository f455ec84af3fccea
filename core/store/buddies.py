"""Buddies: a week's pairs, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.records import Buddy
from core.store.tables import BuddyRow


async def pair(
    session: AsyncSession, club_id: int, week: date, pairs: Sequence[Sequence[int]]
) -> list[Buddy]:
    """Keep a week's pairs of memberships."""
    rows = [
        BuddyRow(club_id=club_id, membership_id=id, week=week, pair=number)
        for number, together in enumerate(pairs, 1)
        for id in together
    ]
    session.add_all(rows)
    await session.flush()
    return [_buddy(row) for row in rows]


async def buddies(session: AsyncSession, club_id: int, week: date) -> list[Buddy]:
    """A week's pairs."""
    where = BuddyRow.club_id == club_id, BuddyRow.week == week
    rows = await session.scalars(select(BuddyRow).where(*where).order_by(BuddyRow.id))
    return [_buddy(row) for row in rows]


async def of_week(session: AsyncSession, membership_id: int, week: date) -> Buddy | None:
    """A member's part in a pair of that week."""
    where = BuddyRow.membership_id == membership_id, BuddyRow.week == week
    row = await session.scalar(select(BuddyRow).where(*where))
    return _buddy(row) if row else None


async def together(session: AsyncSession, buddy: Buddy) -> list[Buddy]:
    """Those of one pair, this one among them."""
    where = BuddyRow.club_id == buddy.club_id, BuddyRow.week == buddy.week
    query = select(BuddyRow).where(*where, BuddyRow.pair == buddy.pair)
    return [_buddy(row) for row in await session.scalars(query.order_by(BuddyRow.id))]


async def buddy_by_id(session: AsyncSession, id: int) -> Buddy | None:
    """One member's part in a pair."""
    row = await session.get(BuddyRow, id)
    return _buddy(row) if row else None


async def met(session: AsyncSession, club_id: int, since: date) -> list[tuple[date, int, int]]:
    """Who was together: week, pair and membership of each, from that week on."""
    query = select(BuddyRow.week, BuddyRow.pair, BuddyRow.membership_id)
    rows = await session.execute(
        query.where(BuddyRow.club_id == club_id, BuddyRow.week >= since).order_by(BuddyRow.id)
    )
    return [(week, number, id) for week, number, id in rows]


async def put_buddy(session: AsyncSession, buddy: Buddy) -> None:
    """Keep what a buddy said, and when they were told."""
    row = await session.get_one(BuddyRow, buddy.id)
    row.answered, row.nudges, row.nudged_on = buddy.answered, buddy.nudges, buddy.nudged_on
    await session.flush()


def _buddy(row: BuddyRow) -> Buddy:
    return Buddy(
        row.id,
        row.club_id,
        row.membership_id,
        row.week,
        row.pair,
        row.answered,
        row.nudges,
        row.nudged_on,
    )
