"""Deliveries: claimed under a lease, finished, found again. Core statements in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, State, Unknown
from core.domain.records import Member
from core.store.members import member_from
from core.store.tables import AccountRow, DeliveryRow, MemberRow

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


async def any_owed(session: AsyncSession, now: datetime) -> bool:
    """Whether some delivery waits to be claimed: one look at an index."""
    return await session.scalar(select(DeliveryRow.id).where(*_owed_by(now)).limit(1)) is not None


def _owed_by(now: datetime) -> tuple[ColumnElement[bool], ...]:
    waiting = DeliveryRow.state.in_([State.QUEUED, State.SENDING])
    return waiting, DeliveryRow.not_before <= now


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
