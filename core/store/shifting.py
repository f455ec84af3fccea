"""Weeks of a club that begin on another day from now on: what is kept of them gets their names."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.domain.owed import Matter
from core.store.tables import BuddyRow, ClubWeekRow, DeliveryRow, EntryRow, MembershipRow

_OF_A_WEEK = (Matter.KICKOFF, Matter.MIDWEEK, Matter.WRAPUP, Matter.GO_ON)


async def shift_weeks(session: AsyncSession, club_id: int, days: int) -> None:
    """Every week of the club is named by a day so many days later, at most 6 either way."""
    if not days:
        return
    mine = select(MembershipRow.id).where(MembershipRow.club_id == club_id)
    await _shift(session, EntryRow.week, EntryRow.membership_id.in_(mine), days)
    await _shift(session, MembershipRow.skips, MembershipRow.club_id == club_id, days)
    await _shift(session, BuddyRow.week, BuddyRow.club_id == club_id, days)
    await _shift(session, ClubWeekRow.week, ClubWeekRow.club_id == club_id, days)
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.club_id == club_id,
            DeliveryRow.kind.in_(_OF_A_WEEK),
            DeliveryRow.finished_at.is_(None),
        )
        .values(about=DeliveryRow.about + days)
    )
    session.expire_all()


async def _shift(
    session: AsyncSession,
    column: InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
    of_club: ColumnElement[bool],
    days: int,
) -> None:
    """One week after the other: databases add days to a date each in their own way."""
    weeks = await session.scalars(select(column).where(of_club, column.is_not(None)).distinct())
    for week in [week for week in weeks if week is not None]:
        moved = {column: week + timedelta(days=days)}
        there = update(column.class_).where(of_club, column == week).values(moved)
        await session.execute(there, execution_options={"synchronize_session": False})
