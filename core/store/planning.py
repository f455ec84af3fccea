"""Planning digests: one delivery for each member whose hour has come. Core statements in batches.

Planning and moving `next_digest_at` are one transaction, and the unique key of member, kind and day
decides that there is one digest a day, however many processes plan at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.attention import before_digest
from core.domain.deliveries import State
from core.domain.hours import local_day, next_digest, todays_digest
from core.domain.pacing import Manners
from core.domain.records import Member
from core.store import lanes
from core.store.members import member_from
from core.store.tables import AccountRow, DeliveryRow, FollowUpRow, MemberRow
from core.store.upserts import insert_or_leave

DIGEST = "digest"
_MEMBERS: Table = MemberRow.__table__  # type: ignore[assignment] # a Table, as declared
_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_FOLLOWUPS: Table = FollowUpRow.__table__  # type: ignore[assignment] # a Table, as declared
_M, _A, _F = _MEMBERS.c, _ACCOUNTS.c, _FOLLOWUPS.c


async def any_planned(session: AsyncSession, now: datetime) -> bool:
    """Whether some member's digest hour has come: one look at an index."""
    query = select(_M.id).where(_M.next_digest_at <= now).limit(1)
    return await session.scalar(query) is not None


async def next_planned(session: AsyncSession) -> datetime | None:
    """The earliest digest hour of all members."""
    return await session.scalar(select(func.min(MemberRow.next_digest_at)))


@dataclass(frozen=True)
class _Post:
    """Where a member's digests go."""

    account_id: int
    lane: str


async def plan(
    session: AsyncSession, now: datetime, limit: int, manners: Mapping[Platform, Manners]
) -> int:
    """Write a delivery for up to `limit` members whose digest hour has come; how many members.

    A digest that was missed on an earlier day is not made up for: today's says it all. Each
    delivery is given its turn in the queue of its lane.
    """
    query = (
        select(_MEMBERS)
        .where(_M.next_digest_at <= now)
        .order_by(_M.next_digest_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    members = [member_from(row) for row in await session.execute(query)]
    if not members:
        return 0
    ids = [member.id for member in members]
    posts, due = await _posts(session, ids), await _first_due(session, ids)
    owed: list[tuple[_Post, dict[str, Any]]] = []
    moved: list[dict[str, Any]] = []
    for member in members:
        found = before_digest(member)
        planned = todays_digest(found.rhythm, now, found.last_digest_on)
        today = local_day(now, found.tz)
        first, post = due.get(member.id), posts.get(member.id)
        if planned is not None and post is not None and first is not None and first <= today:
            owed.append((post, _owed(member, post, today, planned)))
            member = replace(found, last_digest_on=today, ignored=found.ignored + 1)
        elif found.weekly:
            member = found  # without a digest nobody was asked, but an answer was waited for
        moved.append(_moved(member, next_digest(member.rhythm, now, first, member.last_digest_on)))
    await _insert(session, owed, manners, now)
    await session.execute(
        update(_MEMBERS)
        .where(_M.id == bindparam("m"))
        .values(
            next_digest_at=bindparam("at"),
            last_digest_on=bindparam("last"),
            ignored=bindparam("unheard"),
            asked=bindparam("was_asked"),
            weekly=bindparam("once_a_week"),
        ),
        moved,
    )
    return len(members)


def _moved(member: Member, following: datetime | None) -> dict[str, Any]:
    return {
        "m": member.id,
        "at": following,
        "last": member.last_digest_on,
        "unheard": member.ignored,
        "was_asked": member.asked,
        "once_a_week": member.weekly,
    }


def _owed(member: Member, post: _Post, day: date, planned: datetime) -> dict[str, Any]:
    return {
        "member_id": member.id,
        "account_id": post.account_id,
        "kind": DIGEST,
        "day": day,
        "planned_at": planned,
        "state": State.QUEUED,
        "attempts": 0,
        "channel": "",
        "message": "",
        "reason": "",
        "late": False,
        "rows": [],
    }


async def _insert(
    session: AsyncSession,
    owed: Sequence[tuple[_Post, dict[str, Any]]],
    manners: Mapping[Platform, Manners],
    now: datetime,
) -> None:
    """Write them, each with its turn in its lane."""
    wanted: dict[str, int] = {}
    for post, _ in owed:
        wanted[post.lane] = wanted.get(post.lane, 0) + 1
    paces = {lane: pace for lane in wanted if (pace := lanes.pace_of(manners, lane))}
    found = await lanes.queue_up(session, {lane: wanted[lane] for lane in paces}, paces, now)
    turns = {lane: iter(instants) for lane, instants in found.items()}
    rows = [
        {**row, "not_before": next(turns[post.lane]) if post.lane in turns else now}
        for post, row in owed
    ]
    await insert_or_leave(session, DeliveryRow, rows)


async def _posts(session: AsyncSession, ids: Sequence[int]) -> dict[int, _Post]:
    """Each member's oldest account.

    A workspace that removed the bot gets nothing. Where there are no workspaces, as on Discord,
    somebody who shares no server with the bot today may do so tomorrow: that is tried.
    """
    columns = (_A.id, _A.member_id, _A.platform, _A.workspace, _A.user, _A.channel)
    reachable = or_(_A.left_at.is_(None), _A.workspace == "")
    query = select(*columns).where(_A.member_id.in_(ids), reachable).order_by(_A.id.desc())
    return {
        row.member_id: _Post(
            row.id,
            lanes.lane_of(Account(Platform(row.platform), row.workspace, row.user), row.channel),
        )
        for row in await session.execute(query)
    }


async def _first_due(session: AsyncSession, ids: Sequence[int]) -> dict[int, date]:
    query = (
        select(_F.member_id, func.min(_F.due_on))
        .where(_F.member_id.in_(ids), _F.due_on.is_not(None))
        .group_by(_F.member_id)
    )
    return {member: first for member, first in await session.execute(query) if first}
