"""Duties: what one process alone does at a time, held under a lease."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Table, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.bulk import insert_or_leave
from core.store.tables import DutyRow

_DUTIES: Table = DutyRow.__table__  # type: ignore[assignment] # a Table, as declared


async def take(
    session: AsyncSession, name: str, holder: str, now: datetime, lease: timedelta
) -> bool:
    """Take a duty or keep it: whether it is the holder's now."""
    await insert_or_leave(session, _DUTIES, [{"name": name, "holder": holder, "until": now}])
    row = await session.scalar(select(DutyRow).where(DutyRow.name == name).with_for_update())
    if row is None or (row.holder != holder and row.until > now):
        return False
    row.holder, row.until = holder, now + lease
    return True


async def give_up(session: AsyncSession, name: str, holder: str) -> None:
    """Let somebody else take it at once."""
    await session.execute(delete(DutyRow).where(DutyRow.name == name, DutyRow.holder == holder))
