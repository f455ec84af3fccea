"""Accounts where the bot was removed: marked, brought back, and found when it is long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.deliveries import State
from core.domain.hours import next_digest
from core.store.accounts import reroute
from core.store.members import member_from
from core.store.tables import AccountRow, DeliveryRow, FollowUpRow, MemberRow

REMOVED = "the bot was removed from the workspace"


async def leave(
    session: AsyncSession, platform: Platform, workspace: str, now: datetime, limit: int
) -> int:
    """Mark up to `limit` accounts there that are not marked yet; how many."""
    query = (
        select(AccountRow.id)
        .where(*_there(platform, workspace), AccountRow.left_at.is_(None))
        .order_by(AccountRow.id)
        .limit(limit)
        .with_for_update()
    )
    ids = list(await session.scalars(query))
    if ids:
        await session.execute(update(AccountRow).where(AccountRow.id.in_(ids)).values(left_at=now))
    return len(ids)


async def drop_owed(
    session: AsyncSession, platform: Platform, workspace: str, now: datetime, limit: int
) -> int:
    """Give up on up to `limit` messages that are owed to marked accounts there; how many.

    The digest of somebody who has another account goes there instead.
    Those that somebody is writing to at this moment are left out.
    """
    query = (
        select(DeliveryRow.id, DeliveryRow.state)
        .join(AccountRow, DeliveryRow.account_id == AccountRow.id)
        .where(
            DeliveryRow.not_before.is_not(None),
            *_there(platform, workspace),
            AccountRow.left_at.is_not(None),
        )
        .order_by(DeliveryRow.id)
        .limit(limit)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )
    found = {row.id: row.state for row in await session.execute(query)}
    if found:
        end = {"state": State.DEAD, "reason": REMOVED, "not_before": None, "finished_at": now}
        await session.execute(update(DeliveryRow).where(DeliveryRow.id.in_(found)).values(end))
        waited = [id for id, state in found.items() if state == State.QUEUED]
        await reroute(session, dict.fromkeys(waited, REMOVED), now)
    return len(found)


async def come_back(
    session: AsyncSession, platform: Platform, workspace: str, now: datetime, limit: int
) -> int:
    """Unmark the accounts there of up to `limit` members, and find their next digests anew.

    Returns how many members. They are locked first, as at the desk.
    """
    marked = (*_there(platform, workspace), AccountRow.left_at.is_not(None))
    query = (
        select(MemberRow)
        .where(MemberRow.id.in_(select(AccountRow.member_id).where(*marked)))
        .order_by(MemberRow.id)
        .limit(limit)
        .with_for_update()
    )
    rows = list(await session.scalars(query))
    ids = [row.id for row in rows]
    if ids:
        due = await _first_due(session, ids)
        for row in rows:
            member, first = member_from(row), due.get(row.id)
            row.next_digest_at = next_digest(member.rhythm, now, first, member.last_digest_on)
        await session.execute(
            update(AccountRow).where(AccountRow.member_id.in_(ids), *marked).values(left_at=None)
        )
    return len(ids)


async def any_long_gone(session: AsyncSession, before: datetime) -> bool:
    """Whether some account was marked then or earlier: one look at an index."""
    query = select(AccountRow.id).where(AccountRow.left_at <= before).limit(1)
    return await session.scalar(query) is not None


async def long_gone(session: AsyncSession, before: datetime, limit: int) -> list[int]:
    """Lock up to `limit` members all of whose accounts were marked then or earlier."""
    locked = _long_gone(before).limit(limit).with_for_update(skip_locked=True)
    ids = list(await session.scalars(locked))
    # Who came back while the lock was waited for has been seen by now, by a second look only.
    return list(await session.scalars(_long_gone(before).where(MemberRow.id.in_(ids))))


def _long_gone(before: datetime) -> Select[int]:
    here = exists().where(AccountRow.member_id == MemberRow.id, AccountRow.left_at.is_(None))
    recent = exists().where(AccountRow.member_id == MemberRow.id, AccountRow.left_at > before)
    gone = select(AccountRow.member_id).where(AccountRow.left_at <= before)
    return select(MemberRow.id).where(MemberRow.id.in_(gone), ~here, ~recent).order_by(MemberRow.id)


def _there(platform: Platform, workspace: str) -> tuple[ColumnElement[bool], ...]:
    return AccountRow.platform == platform, AccountRow.workspace == workspace


async def _first_due(session: AsyncSession, ids: Sequence[int]) -> dict[int, date]:
    query = (
        select(FollowUpRow.member_id, func.min(FollowUpRow.due_on))
        .where(FollowUpRow.member_id.in_(ids), FollowUpRow.removed.is_(False))
        .group_by(FollowUpRow.member_id)
    )
    return {member: first for member, first in await session.execute(query) if first}
