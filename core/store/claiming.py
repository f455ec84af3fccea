"""Claiming deliveries under a lease, as far as their lanes allow. Core statements in batches."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.deliveries import State
from core.domain.pacing import Manners
from core.store import lanes
from core.store.bulk import update_each
from core.store.deliveries import DELIVERIES, PLATFORM, Delivery, delivery_from, selected

_D = DELIVERIES.c


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
        selected()
        .where(_D.not_before <= now, PLATFORM.in_(platforms))
        .order_by(_D.not_before, _D.id)
        .limit(limit)
        .with_for_update(of=DELIVERIES, skip_locked=True)
    )
    rows = (await session.execute(query)).all()
    await asyncio.sleep(0)  # a batch is large: others have their turn between its steps
    found = [delivery_from(row) for row in rows]
    granted, postponed = await _through_gates(session, found, manners, now)
    await _postpone(session, postponed)
    if granted:
        await session.execute(
            update(DELIVERIES)
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
    await update_each(session, DELIVERIES, rows, "id")
