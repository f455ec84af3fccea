"""Deliveries: claimed under a lease, finished, found again. Core statements in batches."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.deliveries import (
    Dead,
    Delivered,
    Held,
    Later,
    Outcome,
    Parcel,
    State,
    Unknown,
    key_of,
)
from core.domain.pacing import Manners
from core.store import lanes
from core.store.bulk import Rows, update_each
from core.store.tables import AccountRow, DeliveryRow

LEASE = timedelta(seconds=90)
UNKNOWN_PAUSE, LONGEST_PAUSE = timedelta(seconds=20), timedelta(minutes=10)
DOUBT_LIMIT = A_DAY = timedelta(hours=24)
UNSURE = "nobody can say whether it arrived"
_DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[assignment] # a Table, as declared
_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_D, _A = _DELIVERIES.c, _ACCOUNTS.c


@dataclass(frozen=True)
class Delivery:
    """One message that the bot owes. `rows` are the follow-ups that it lists."""

    id: int
    member_id: int
    account: Account
    account_id: int
    channel: str
    day: date
    planned_at: datetime
    rows: list[int]
    state: State
    attempts: int
    first_tried_at: datetime | None
    reason: str = ""
    late: bool = False

    @property
    def key(self) -> str:
        """Its own name on a platform."""
        return key_of(self.id, self.planned_at)

    @property
    def lane(self) -> str:
        """What it is paced with."""
        return lanes.lane_of(self.account.platform, self.account.workspace, self.channel)


async def any_owed(session: AsyncSession, now: datetime) -> bool:
    """Whether some delivery waits to be claimed: one look at an index."""
    return await session.scalar(select(_D.id).where(_D.not_before <= now).limit(1)) is not None


async def next_turn(session: AsyncSession, after: datetime) -> datetime | None:
    """When the next delivery may be claimed of those that could not be then, or None."""
    query = select(func.min(DeliveryRow.not_before)).where(DeliveryRow.not_before > after)
    return await session.scalar(query)


@dataclass(frozen=True)
class Claimed:
    """What may be sent now, and whether others whose time has come must wait for their lane."""

    deliveries: list[Delivery]
    postponed: int


async def claim(
    session: AsyncSession,
    now: datetime,
    platforms: Sequence[Platform],
    limit: int,
    manners: Mapping[Platform, Manners],
    lease: timedelta,
) -> Claimed:
    """Take up to `limit` deliveries whose turn has come, under a lease.

    One that was `sending` already had an owner that died, or an answer that was lost: its `state`
    says so, and it must be looked for before it is sent.
    """
    query = (
        _selected()
        .where(_D.not_before <= now, _A.platform.in_(platforms))
        .order_by(_D.not_before, _D.id)
        .limit(limit)
        .with_for_update(of=_DELIVERIES, skip_locked=True)
    )
    rows = (await session.execute(query)).all()
    await asyncio.sleep(0)  # a batch is large: others have their turn between its steps
    found = [_delivery(row) for row in rows]
    granted, postponed = await _through_gates(session, found, manners, now)
    await _postpone(session, postponed)
    if granted:
        await session.execute(
            update(_DELIVERIES)
            .where(_D.id.in_([delivery.id for delivery in granted]))
            .values(
                state=State.SENDING,
                not_before=now + lease,
                attempts=_D.attempts + 1,
                first_tried_at=func.coalesce(_D.first_tried_at, now),
            )
        )
    return Claimed(granted, len(postponed))


async def _through_gates(
    session: AsyncSession,
    found: Sequence[Delivery],
    manners: Mapping[Platform, Manners],
    now: datetime,
) -> tuple[list[Delivery], dict[int, datetime]]:
    """What may go now by the pace of its lane; for the others, by id, when to ask again."""
    queued = [delivery.lane for delivery in found]
    wanted = Counter(queued)
    paces = {lane: pace for lane in wanted if (pace := lanes.pace_of(manners, lane))}
    gates = await lanes.pass_gate(session, {lane: wanted[lane] for lane in paces}, paces, now)
    granted: list[Delivery] = []
    postponed: dict[int, datetime] = {}
    passed = dict.fromkeys(gates, 0)
    for delivery, lane in zip(found, queued, strict=True):
        gate = gates.get(lane)
        if gate is None:
            granted.append(delivery)
            continue
        place = passed[lane]
        passed[lane] += 1
        if place < gate.granted:
            granted.append(delivery)
        else:
            postponed[delivery.id] = gate.again[place - gate.granted]
    return granted, postponed


async def _postpone(session: AsyncSession, postponed: Mapping[int, datetime]) -> None:
    rows = [{"id": id, "not_before": at} for id, at in postponed.items()]
    await update_each(session, _DELIVERIES, rows, "id")


async def set_rows(
    session: AsyncSession, rows: Mapping[int, list[int]], late: Iterable[int]
) -> None:
    """Keep which follow-ups each digest lists, and which digests say that they are late."""
    tardy = set(late)
    values = [{"id": id, "rows": listed, "late": id in tardy} for id, listed in rows.items()]
    await update_each(session, _DELIVERIES, values, "id")


async def finish(
    session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """Write down what the platforms answered.

    Only the newest attempt may: who was away for longer than the lease has nothing to say. A doubt
    stays until the message is found or sent, for "not now" says nothing about an earlier try.
    """
    rows = [
        {"id": parcel.id, "attempts": parcel.attempt, **_end(parcel, outcome, now)}
        for parcel, outcome in results
    ]
    await _end_each(session, rows)


async def set_aside(
    session: AsyncSession, broken: Sequence[Delivery], reason: str, now: datetime
) -> None:
    """These claimed deliveries can't be composed: again in a while, for a day. A doubt stays."""
    ends = [
        _row(State.DEAD, reason, now, None)
        if now - delivery.planned_at > A_DAY
        else _row(delivery.state, reason, None, now + LONGEST_PAUSE)
        for delivery in broken
    ]
    rows = [
        {"id": delivery.id, "attempts": delivery.attempts + 1, **end}
        for delivery, end in zip(broken, ends, strict=True)
    ]
    await _end_each(session, rows)


async def drop(session: AsyncSession, moot: Sequence[Delivery], now: datetime) -> None:
    """Nothing is due any more of what these claimed deliveries were to say."""
    end = _row(State.DROPPED, "", now, None)
    await _end_each(session, [{"id": d.id, "attempts": d.attempts + 1, **end} for d in moot])


async def _end_each(session: AsyncSession, rows: Rows) -> None:
    ours = _D.state == State.SENDING
    await update_each(session, _DELIVERIES, rows, "id", "attempts", where=ours)


async def keep_accounts(
    session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """Keep the conversations that were answered from, and since when we have parted.

    A workspace that removed the bot says itself when it is back; what arrived there did so before.
    """
    opened = [
        {"id": parcel.account_id, "channel": outcome.channel}
        for parcel, outcome in results
        if isinstance(outcome, Delivered) and outcome.channel != parcel.channel
    ]
    await update_each(session, _ACCOUNTS, opened, "id")
    parted = [
        p.account_id for p, outcome in results if isinstance(outcome, Held) and outcome.parted
    ]
    if parted:
        await session.execute(
            update(_ACCOUNTS).where(_A.id.in_(parted), _A.left_at.is_(None)).values(left_at=now)
        )
    arrived = [p.account_id for p, outcome in results if isinstance(outcome, Delivered)]
    if arrived:
        await session.execute(
            update(_ACCOUNTS)
            .where(_A.id.in_(arrived), _A.left_at.is_not(None), _A.workspace == "")
            .values(left_at=None)
        )


async def one_of(session: AsyncSession, member_id: int, id: int) -> Delivery | None:
    """One of the member's deliveries; None for anybody else's."""
    row = (await session.execute(_selected().where(_D.member_id == member_id, _D.id == id))).first()
    return _delivery(row) if row else None


async def in_doubt_before(
    session: AsyncSession, wanted: Mapping[int, date], kind: str, since: date
) -> set[int]:
    """The members whose digest before that day nobody can say has arrived.

    `wanted` has a day for each member; only deliveries from `since` on are looked at.
    """
    query = (
        select(_D.member_id, _D.day, _D.state, _D.reason)
        .where(_D.member_id.in_(wanted), _D.kind == kind, _D.day >= since)
        .order_by(_D.day)
    )
    last: dict[int, bool] = {}
    for member_id, day, state, reason in await session.execute(query):
        if day < wanted[member_id]:
            last[member_id] = state == State.SENDING or (state == State.DEAD and reason == UNSURE)
    return {member_id for member_id, doubtful in last.items() if doubtful}


async def release_held(session: AsyncSession, member_id: int, now: datetime) -> Delivery | None:
    """The newest held delivery of a member who is speaking to us; all held ones are done with."""
    query = (
        _selected().where(_D.member_id == member_id, _D.state == State.HELD).order_by(_D.id.desc())
    )
    held = [_delivery(row) for row in await session.execute(query)]
    if not held:
        return None
    await session.execute(
        update(_DELIVERIES)
        .where(_D.id.in_([delivery.id for delivery in held]))
        .values(state=State.SENT, finished_at=now)
    )
    return held[0]


async def sweep(session: AsyncSession, before: date, limit: int) -> int:
    """Forget up to `limit` of the oldest deliveries, if they are finished and of before that day.

    Ids grow with time, so no index on the day is needed.
    """
    oldest = (
        await session.execute(select(_D.id, _D.day, _D.not_before).order_by(_D.id).limit(limit))
    ).all()
    gone = [id for id, day, not_before in oldest if day < before and not_before is None]
    if gone:
        await session.execute(delete(_DELIVERIES).where(_D.id.in_(gone)))
    return len(gone)


_ENDS = ("state", "reason", "channel", "message", "finished_at", "not_before")


def _end(parcel: Parcel, outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Delivered(channel, message):
            return _row(State.SENT, "", now, None, channel, message)
        case Held(reason):
            return _row(State.HELD, reason, None, None)
        case Dead(reason):
            return _row(State.DEAD, reason, now, None)
        case Later(seconds, reason):
            state = State.SENDING if parcel.doubtful_since else State.QUEUED
            return _row(state, reason, None, now + timedelta(seconds=seconds))
        case Unknown(reason):
            if parcel.doubtful_since and now - parcel.doubtful_since > DOUBT_LIMIT:
                return _row(State.DEAD, UNSURE, now, None)
            pause = min(UNKNOWN_PAUSE * 2 ** min(parcel.attempt - 1, 10), LONGEST_PAUSE)
            return _row(State.SENDING, reason, None, now + pause)


def _row(
    state: State,
    reason: str,
    finished_at: datetime | None,
    not_before: datetime | None,
    channel: str = "",
    message: str = "",
) -> dict[str, Any]:
    # A platform's own words are among the reasons, and not every character can be stored.
    words = "".join(one if one.isprintable() else " " for one in reason[:200])
    values = (state, words, channel, message, finished_at, not_before)
    return dict(zip(_ENDS, values, strict=True))


def _selected() -> Select[*tuple[Any, ...]]:
    account = _A.platform, _A.workspace, _A.user, _A.id, _A.channel
    return select(
        _D.id,
        _D.member_id,
        *account,
        _D.day,
        _D.planned_at,
        _D.rows,
        _D.state,
        _D.attempts,
        _D.first_tried_at,
        _D.reason,
        _D.late,
    ).join_from(_DELIVERIES, _ACCOUNTS, _D.account_id == _A.id)


def _delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    """Unpacked at once, for by name it takes thrice as long; and a morning has very many."""
    id, member, platform, workspace, user, account_id, channel, day, hour, rows, state, *rest = row
    account = Account(Platform(platform), workspace, user)
    return Delivery(id, member, account, account_id, channel, day, hour, rows, State(state), *rest)
