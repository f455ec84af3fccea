"""Planning digests: one delivery for each member whose hour has come. Core statements in batches.

Planning and moving `next_digest_at` are one transaction, and the unique key of member, kind and day
decides that there is one digest a day, however many processes plan at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.attention import before_digest
from core.domain.deliveries import State
from core.domain.hours import local_day, next_digest, todays_digest
from core.domain.records import Member
from core.store.members import member_from
from core.store.tables import AccountRow, DeliveryRow, FollowUpRow, MemberRow

DIGEST = "digest"


async def any_planned(session: AsyncSession, now: datetime) -> bool:
    """Whether some member's digest hour has come: one look at an index."""
    query = select(MemberRow.id).where(MemberRow.next_digest_at <= now).limit(1)
    return await session.scalar(query) is not None


async def next_planned(session: AsyncSession) -> datetime | None:
    """The earliest digest hour of all members."""
    return await session.scalar(select(func.min(MemberRow.next_digest_at)))


async def plan(session: AsyncSession, now: datetime, limit: int) -> int:
    """Write a delivery for up to `limit` members whose digest hour has come; how many members.

    A digest that was missed on an earlier day is not made up for: today's says it all.
    """
    query = (
        select(MemberRow)
        .where(MemberRow.next_digest_at <= now)
        .order_by(MemberRow.next_digest_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    members = [member_from(row) for row in await session.scalars(query)]
    if not members:
        return 0
    ids = [member.id for member in members]
    accounts, due = await _accounts(session, ids), await _first_due(session, ids)
    owed, moved = [], []
    for member in members:
        found = before_digest(member)
        planned = todays_digest(found.rhythm, now, found.last_digest_on)
        today = local_day(now, found.tz)
        first = due.get(member.id)
        account = accounts.get(member.id)
        if planned is not None and account is not None and first is not None and first <= today:
            owed.append(_owed(member, account, today, planned, now))
            member = replace(found, last_digest_on=today, ignored=found.ignored + 1)
        elif found.weekly:
            member = found  # without a digest nobody was asked, but an answer was waited for
        moved.append(_moved(member, next_digest(member.rhythm, now, first, member.last_digest_on)))
    await _insert(session, owed)
    await session.execute(
        update(MemberRow.__table__)  # type: ignore[arg-type] # a Table, as declared
        .where(MemberRow.__table__.c.id == bindparam("m"))
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


def _owed(
    member: Member, account_id: int, day: date, planned: datetime, now: datetime
) -> dict[str, Any]:
    return {
        "member_id": member.id,
        "account_id": account_id,
        "kind": DIGEST,
        "day": day,
        "planned_at": planned,
        "state": State.QUEUED,
        "not_before": now,
        "attempts": 0,
        "channel": "",
        "message": "",
        "reason": "",
        "late": False,
        "rows": [],
    }


async def _insert(session: AsyncSession, owed: list[dict[str, Any]]) -> None:
    if not owed:
        return
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    await session.execute(insert(DeliveryRow).on_conflict_do_nothing(), owed)


async def _accounts(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    query = select(AccountRow.member_id, func.min(AccountRow.id)).where(
        AccountRow.member_id.in_(ids)
    )
    rows = await session.execute(query.group_by(AccountRow.member_id))
    return {row[0]: row[1] for row in rows}


async def _first_due(session: AsyncSession, ids: Sequence[int]) -> dict[int, date]:
    query = (
        select(FollowUpRow.member_id, func.min(FollowUpRow.due_on))
        .where(FollowUpRow.member_id.in_(ids), FollowUpRow.due_on.is_not(None))
        .group_by(FollowUpRow.member_id)
    )
    return {member: first for member, first in await session.execute(query) if first}
