"""Owing a message of another kind than the morning's: written once for what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.deliveries import State
from core.domain.owed import Matter
from core.store.bulk import insert_or_leave
from core.store.deliveries import DELIVERIES

_D = DELIVERIES.c
NEW: Mapping[str, object] = {
    "state": State.QUEUED,
    "attempts": 0,
    "channel": "",
    "message": "",
    "reason": "",
    "late": False,
    "rows": [],
}
"""What a delivery begins with, whatever it is about."""


async def owe_club(
    session: AsyncSession, club_id: int, matter: Matter, day: date, now: datetime, about: int = 0
) -> None:
    """Owe a club's channel a message, unless it is owed already or was."""
    row = {"club_id": club_id, "kind": matter, "day": day, "about": about}
    await _owe(session, [row], now)


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
    await owe_members(session, [(member_id, account_id, about)], matter, day, now)


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
        for member, account, about in to
    ]
    await _owe(session, rows, now)


async def forget_told(session: AsyncSession, matter: Matter, day: date, about: int) -> None:
    """What members were told under this key may be told once more."""
    key = _D.kind == matter, _D.day == day, _D.about == about, _D.member_id.is_not(None)
    await session.execute(delete(DELIVERIES).where(*key, _D.not_before.is_(None)))


async def _owe(session: AsyncSession, rows: Sequence[dict[str, object]], now: datetime) -> None:
    """Their turn comes at once: there are few of these, and the lane's gate paces them."""
    turn = {"planned_at": now, "not_before": now}
    await insert_or_leave(session, DELIVERIES, [{**row, **turn} for row in rows], NEW)
