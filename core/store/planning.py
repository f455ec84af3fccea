"""Planning digests: one delivery for each member whose hour has come. Core statements in batches.

Planning and moving `next_digest_at` are one transaction, and the unique key of member, kind and day
decides that there is one digest a day, however many processes plan at once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, String, Table, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.morning import Morning, morning_of
from core.domain.owed import Matter
from core.domain.pacing import Manners
from core.domain.records import Member
from core.store import lanes
from core.store.accounts import best_first
from core.store.bulk import insert_or_leave, update_each
from core.store.deliveries import DELIVERIES
from core.store.members import days_in, hour_of, pauses_in
from core.store.owing import NEW
from core.store.tables import AccountRow, FollowUpRow, MemberRow
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=1)
"""After a morning that could not be reckoned."""
_MEMBERS: Table = MemberRow.__table__  # type: ignore[assignment] # a Table, as declared
_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_FOLLOWUPS: Table = FollowUpRow.__table__  # type: ignore[assignment] # a Table, as declared
_NEW = {**NEW, "kind": Matter.DIGEST, "about": 0}
_M, _A, _F = _MEMBERS.c, _ACCOUNTS.c, _FOLLOWUPS.c


async def any_planned(session: AsyncSession, now: datetime) -> bool:
    """Whether some member's digest hour has come: one look at an index."""
    query = select(_M.id).where(_M.next_digest_at <= now).limit(1)
    return await session.scalar(query) is not None


async def next_planned(session: AsyncSession) -> datetime | None:
    """The earliest digest hour of all members."""
    return await session.scalar(select(func.min(MemberRow.next_digest_at)))


async def plan(
    session: AsyncSession,
    now: datetime,
    limit: int,
    manners: Mapping[Platform, Manners],
    pause: Callable[[], Awaitable[None]],
) -> int:
    """Write a delivery for up to `limit` members whose digest hour has come; how many members.

    Each delivery is given its turn in the queue of its lane. A batch is large: `pause` lets others
    have their turn between its steps.
    """
    rows = (await session.execute(_planned(now, limit))).all()
    await pause()
    mornings = _mornings(rows, now)
    await pause()
    owed = [
        (_lane(row), _owed(row, morning.day, morning.planned_at))
        for row, morning in zip(rows, mornings, strict=True)
        if morning is not None and morning.day is not None
    ]
    await _insert(session, owed, manners, now)
    await pause()
    moved = [_moved(row, one, now) for row, one in zip(rows, mornings, strict=True)]
    await update_each(session, _MEMBERS, moved, "id")
    return len(rows)


def _planned(now: datetime, limit: int) -> Select[*tuple[Any, ...]]:
    """Members whose hour has come, with their earliest due day and the account that gets it.

    A workspace that removed the bot gets nothing. Where there are no workspaces, as on Discord,
    somebody who shares no server with the bot today may do so tomorrow: that is tried.
    """
    due = _F.member_id == _M.id, _F.due_on.is_not(None)
    mine = _A.member_id == _M.id, or_(_A.left_at.is_(None), _A.workspace == "")
    best = select(_A.id).where(*mine).order_by(*best_first()).limit(1).correlate(_MEMBERS)
    columns = (
        _M.id,
        _M.zone,
        _M.digest_minute,
        _M.days_off,
        cast(_M.pauses, String).label("pauses"),
        _M.weekly,
        _M.asked,
        _M.ignored,
        _M.last_digest_on,
        select(func.min(_F.due_on)).where(*due).scalar_subquery().label("first_due"),
        best.scalar_subquery().label("account_id"),
    )
    found = (
        select(*columns)
        .where(_M.next_digest_at <= now)
        .order_by(_M.next_digest_at)
        .limit(limit)
        .with_for_update(of=_MEMBERS, skip_locked=True)
        .subquery()
    )
    account = _A.platform, _A.workspace, _A.channel
    return select(found, *account).outerjoin(_ACCOUNTS, _A.id == found.c.account_id)


def _mornings(rows: Sequence[Row[*tuple[Any, ...]]], now: datetime) -> list[Morning | None]:
    """What follows for each. In a batch many are alike, and reckoning is dearer than looking up."""
    seen: dict[tuple[Any, ...], Morning | None] = {}
    found: list[Morning | None] = []
    for row in rows:
        alike = (*row[1:10], row.account_id is None)
        if alike not in seen:
            seen[alike] = _morning(row, now)
        found.append(seen[alike])
    return found


def _morning(row: Row[*tuple[Any, ...]], now: datetime) -> Morning | None:
    """None for a record that nobody can read, such as a zone unknown here: others must not wait."""
    try:
        reachable = row.account_id is not None
        return morning_of(_member(row), now, row.first_due, reachable=reachable)
    except Exception as error:
        log.error("member %d: the digest can't be planned: %s", row.id, kind_and_place(error))
        return None


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    """A member as far as it matters for when digests come."""
    return Member(
        id=row.id,
        zone=row.zone,
        hour=hour_of(row.digest_minute),
        days_off=days_in(row.days_off),
        pauses=pauses_in(json.loads(row.pauses)),
        weekly=row.weekly,
        asked=row.asked,
        ignored=row.ignored,
        last_digest_on=row.last_digest_on,
    )


def _moved(row: Row[*tuple[Any, ...]], morning: Morning | None, now: datetime) -> dict[str, Any]:
    after = row if morning is None else morning.member
    return {
        "id": row.id,
        "next_digest_at": now + AGAIN if morning is None else morning.member.next_digest_at,
        "last_digest_on": after.last_digest_on,
        "ignored": after.ignored,
        "asked": after.asked,
        "weekly": after.weekly,
    }


def _lane(row: Row[*tuple[Any, ...]]) -> str:
    return lanes.lane_of(row.platform, row.workspace, row.channel)


def _owed(row: Row[*tuple[Any, ...]], day: date, planned_at: datetime) -> dict[str, Any]:
    return {
        "member_id": row.id,
        "account_id": row.account_id,
        "day": day,
        "planned_at": planned_at,
    }


async def _insert(
    session: AsyncSession,
    owed: Sequence[tuple[str, dict[str, Any]]],
    manners: Mapping[Platform, Manners],
    now: datetime,
) -> None:
    """Write them, each with its turn in its lane."""
    wanted: dict[str, int] = {}
    for lane, _ in owed:
        wanted[lane] = wanted.get(lane, 0) + 1
    paces = {lane: pace for lane in wanted if (pace := lanes.pace_of(manners, lane))}
    found = await lanes.queue_up(session, {lane: wanted[lane] for lane in paces}, paces, now)
    turns = {lane: iter(instants) for lane, instants in found.items()}
    rows = [
        {**row, "not_before": next(turns[lane]) if lane in turns else now} for lane, row in owed
    ]
    await insert_or_leave(session, DELIVERIES, rows, _NEW)
