"""Owing a message of another kind than the morning's: written once for what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.deliveries import State
from core.domain.owed import Matter
from core.store.bulk import insert_or_leave
from core.store.tables import DeliveryRow

_DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[assignment] # a Table, as declared
_NEW = {
    "state": State.QUEUED,
    "attempts": 0,
    "channel": "",
    "message": "",
    "reason": "",
    "late": False,
    "rows": [],
}


async def owe_club(
    session: AsyncSession, club_id: int, matter: Matter, day: date, now: datetime, about: int = 0
) -> None:
    """Owe a club's channel a message, unless it is owed already or was."""
    row = {"club_id": club_id, "kind": matter, "day": day, "about": about}
    await _owe(session, row, now)


async def owe_member(
    session: AsyncSession,
    member_id: int,
    account_id: int,
    matter: Matter,
    day: date,
    now: datetime,
    about: int = 0,
) -> None:
    """Owe a member a private message, unless it is owed already or was."""
    row = {"member_id": member_id, "account_id": account_id, "kind": matter, "day": day}
    await _owe(session, {**row, "about": about}, now)


async def owe_members(
    session: AsyncSession,
    to: Sequence[tuple[int, int, int]],
    matter: Matter,
    day: date,
    now: datetime,
) -> None:
    """As `owe_member`, of many at once: member, account and what it is about."""
    rows = [
        {"member_id": member, "account_id": account, "kind": matter, "day": day, "about": about}
        | {"planned_at": now, "not_before": now}
        for member, account, about in to
    ]
    await insert_or_leave(session, _DELIVERIES, rows, _NEW)


async def _owe(session: AsyncSession, row: dict[str, object], now: datetime) -> None:
    """Its turn comes at once: there are few of these, and the lane's gate paces them."""
    await insert_or_leave(
        session, _DELIVERIES, [{**row, "planned_at": now, "not_before": now}], _NEW
    )
