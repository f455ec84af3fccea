"""Deliveries: planned, claimed under a lease, finished. Core statements in batches.

Planning and moving `next_digest_at` are one transaction, and the unique key of member, kind and day
decides that there is one digest a day, however many processes plan at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.attention import before_digest
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, State, Unknown
from core.domain.hours import local_day, next_digest, todays_digest
from core.domain.records import Member
from core.store.members import member_from
from core.store.tables import AccountRow, DeliveryRow, FollowUpRow, MemberRow

DIGEST = "digest"
LEASE = timedelta(seconds=90)
UNKNOWN_PAUSE = timedelta(seconds=20)


@dataclass(frozen=True)
class Delivery:
    """One message that the bot owes. `rows` are the follow-ups that it lists."""

    id: int
    member: Member
    account: Account
    account_id: int
    channel: str
    day: date
    planned_at: datetime
    rows: list[int]
    state: State
    first_tried_at: datetime | None
    reason: str = ""
    late: bool = False

    @property
    def key(self) -> str:
        """Its own name on a platform, at most 25 characters; never used for another message."""
        return f"d{self.id}-{int(self.planned_at.timestamp())}"


async def any_planned(session: AsyncSession, now: datetime) -> bool:
    """Whether some member's digest hour has come: one look at an index."""
    query = select(MemberRow.id).where(MemberRow.next_digest_at <= now).limit(1)
    return await session.scalar(query) is not None


async def next_planned(session: AsyncSession) -> datetime | None:
    """The earliest digest hour of all members."""
    return await session.scalar(select(func.min(MemberRow.next_digest_at)))


async def any_owed(session: AsyncSession, now: datetime) -> bool:
    """Whether some delivery waits to be claimed: one look at an index."""
    return await session.scalar(select(DeliveryRow.id).where(*_owed_by(now)).limit(1)) is not None


def _owed_by(now: datetime) -> tuple[ColumnElement[bool], ...]:
    waiting = DeliveryRow.state.in_([State.QUEUED, State.SENDING])
    return waiting, DeliveryRow.not_before <= now


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
    for member in map(before_digest, members):
        planned = todays_digest(member.rhythm, now, member.last_digest_on)
        today = local_day(now, member.tz)
        first = due.get(member.id)
        account = accounts.get(member.id)
        if planned is not None and account is not None and first is not None and first <= today:
            owed.append(_owed(member, account, today, planned, now))
            member = replace(member, last_digest_on=today, ignored=member.ignored + 1)
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


async def claim(
    session: AsyncSession, now: datetime, platforms: Sequence[Platform], limit: int
) -> list[Delivery]:
    """Take up to `limit` deliveries that are due, under a lease.

    One that was `sending` already had an owner that died, or an answer that was lost: its
    `state` says so, and it must be looked for before it is sent.
    """
    query = (
        select(DeliveryRow, AccountRow, MemberRow)
        .join(AccountRow, DeliveryRow.account_id == AccountRow.id)
        .join(MemberRow, DeliveryRow.member_id == MemberRow.id)
        .where(*_owed_by(now), AccountRow.platform.in_(platforms))
        .order_by(DeliveryRow.not_before, DeliveryRow.id)
        .limit(limit)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )
    found = [_delivery(*row) for row in await session.execute(query)]
    if found:
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id.in_([delivery.id for delivery in found]))
            .values(
                state=State.SENDING,
                not_before=now + LEASE,
                attempts=DeliveryRow.attempts + 1,
                first_tried_at=func.coalesce(DeliveryRow.first_tried_at, now),
            )
        )
    return found


async def set_rows(session: AsyncSession, rows: dict[int, list[int]], late: set[int]) -> None:
    """Keep which follow-ups each digest lists, and which digests say that they are late."""
    if rows:
        await session.execute(
            update(DeliveryRow),
            [{"id": id, "rows": listed, "late": id in late} for id, listed in rows.items()],
        )


async def finish(
    session: AsyncSession, outcomes: Sequence[tuple[int, Outcome, bool]], now: datetime
) -> None:
    """Write down what the platforms answered, by id; and whether an earlier attempt is in doubt.

    A doubt stays until the message is found or sent: "not now" says nothing about an earlier try.
    """
    if outcomes:
        ends = [{"id": id, **_end(outcome, now, doubtful)} for id, outcome, doubtful in outcomes]
        await session.execute(update(DeliveryRow), ends)


async def keep_channels(session: AsyncSession, channels: dict[int, str]) -> None:
    """Keep the private conversations of accounts, to be used again."""
    if channels:
        await session.execute(
            update(AccountRow), [{"id": id, "channel": c} for id, c in channels.items()]
        )


async def one_of(session: AsyncSession, member_id: int, id: int) -> Delivery | None:
    """One of the member's deliveries; None for anybody else's."""
    query = (
        select(DeliveryRow, AccountRow, MemberRow)
        .join(AccountRow, DeliveryRow.account_id == AccountRow.id)
        .join(MemberRow, DeliveryRow.member_id == MemberRow.id)
        .where(DeliveryRow.member_id == member_id, DeliveryRow.id == id)
    )
    row = (await session.execute(query)).first()
    return _delivery(*row) if row else None


async def release_held(session: AsyncSession, member_id: int, now: datetime) -> Delivery | None:
    """The newest held delivery of a member who is speaking to us; all held ones are done with."""
    query = (
        select(DeliveryRow, AccountRow, MemberRow)
        .join(AccountRow, DeliveryRow.account_id == AccountRow.id)
        .join(MemberRow, DeliveryRow.member_id == MemberRow.id)
        .where(DeliveryRow.member_id == member_id, DeliveryRow.state == State.HELD)
        .order_by(DeliveryRow.id.desc())
    )
    held = [_delivery(*row) for row in await session.execute(query)]
    if not held:
        return None
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_([delivery.id for delivery in held]))
        .values(state=State.SENT, finished_at=now)
    )
    return held[0]


def _end(outcome: Outcome, now: datetime, doubtful: bool) -> dict[str, Any]:
    match outcome:
        case Delivered(channel, message):
            done = {"state": State.SENT, "channel": channel, "message": message}
            return {**done, "finished_at": now, "reason": "", "not_before": now}
        case Held(reason):
            return {**_stopped(State.HELD, reason), "finished_at": None, "not_before": now}
        case Dead(reason):
            return {**_stopped(State.DEAD, reason), "finished_at": now, "not_before": now}
        case Later(seconds, reason):
            wait = now + timedelta(seconds=seconds)
            state = State.SENDING if doubtful else State.QUEUED
            return {**_stopped(state, reason), "finished_at": None, "not_before": wait}
        case Unknown(reason):
            wait = now + UNKNOWN_PAUSE
            return {**_stopped(State.SENDING, reason), "finished_at": None, "not_before": wait}


def _stopped(state: State, reason: str) -> dict[str, Any]:
    return {"state": state, "reason": reason[:200], "channel": "", "message": ""}


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


def _delivery(row: DeliveryRow, account: AccountRow, member: MemberRow) -> Delivery:
    return Delivery(
        id=row.id,
        member=member_from(member),
        account=Account(Platform(account.platform), account.workspace, account.user),
        account_id=account.id,
        channel=account.channel,
        day=row.day,
        planned_at=row.planned_at,
        rows=list(row.rows),
        state=State(row.state),
        first_tried_at=row.first_tried_at,
        reason=row.reason,
        late=row.late,
    )
