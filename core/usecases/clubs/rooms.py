"""Channels that can't be written to, and those that can again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Room
from core.domain.deliveries import Delivered, Held, Outcome, Parcel
from core.domain.owed import Matter
from core.store import clubs, deliveries, owing


async def keep_rooms(
    session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """What the platforms' answers say of clubs' channels."""
    for parcel, outcome in results:
        if not isinstance(parcel.to, Room):
            continue
        club = await clubs.club_at(session, parcel.to)
        if club is not None and isinstance(outcome, Held):
            await shut(session, [club.id], outcome.reason, now)
        elif club is not None and isinstance(outcome, Delivered) and club.shut:
            await open_again(session, [club.id], now)


async def shut(session: AsyncSession, ids: Sequence[int], reason: str, now: datetime) -> None:
    """Nothing can be written there: those who look after it hear of it once."""
    for id in await clubs.shut(session, ids, reason, now):
        for member_id, account_id in await clubs.organizers(session, id):
            await owing.owe_member(
                session, member_id, account_id, Matter.TROUBLE, now.date(), now, id
            )


async def open_again(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """It can be written there again: what was held goes out, if it is worth it yet."""
    await clubs.open_again(session, ids)
    for id in ids:
        await deliveries.release_club(session, id, now)
