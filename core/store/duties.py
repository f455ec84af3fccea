"""Duties: what one process alone does at a time, held under a lease."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.tables import DutyRow
from core.store.upserts import insert_or_leave


async def take(
    session: AsyncSession, name: str, holder: str, now: datetime, lease: timedelta
) -> bool:
    """Take a duty or keep it: whether it is the holder's now."""
    await insert_or_leave(session, DutyRow, [{"name": name, "holder": holder, "until": now}])
    row = await session.scalar(select(DutyRow).where(DutyRow.name == name).with_for_update())
    if row is None or (row.holder != holder and row.until > now):
        return False
    row.holder, row.until = holder, now + lease
    return True


async def give_up(session: AsyncSession, name: str, holder: str) -> None:
    """Let somebody else take it at once."""
    await session.execute(delete(DutyRow).where(DutyRow.name == name, DutyRow.holder == holder))
