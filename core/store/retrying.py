"""Trying again what was held or dead. A doubt about an earlier attempt is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, case, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.deliveries import State
from core.store.tables import STUCK, DeliveryRow, MemberRow


@dataclass(frozen=True)
class Candidate:
    """What decides whether a delivery may be tried again. `zone` is the member's, or ""."""

    id: int
    state: State
    kind: str
    day: date
    zone: str


async def candidates(session: AsyncSession, ids: Iterable[int]) -> list[Candidate]:
    """The deliveries with these ids. Those that are held or dead stay locked until the end."""
    wanted = set(ids)
    locked = _query().where(DeliveryRow.id.in_(wanted), STUCK).order_by(DeliveryRow.id)
    found = _made(await session.execute(locked.with_for_update(of=DeliveryRow)))
    others = _query().where(DeliveryRow.id.in_(wanted - {candidate.id for candidate in found}))
    return found + _made(await session.execute(others))


async def stuck_below(
    session: AsyncSession, id: int | None, state: State, since: date, limit: int
) -> list[Candidate]:
    """Up to `limit` held or dead ones of that day or later, the newest first, locked.

    `id` is where the last batch ended.
    """
    query = (
        _query()
        .where(STUCK, DeliveryRow.state == state, DeliveryRow.day >= since)
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
        .with_for_update(of=DeliveryRow)
    )
    if id is not None:
        query = query.where(DeliveryRow.id < id)
    return _made(await session.execute(query))


async def queue_again(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Let these be sent after all, if they are held or dead.

    After one attempt the refusal is certain, and it is as if there had been none. After several,
    the answer to an earlier one may have been lost: it stays in doubt, and is looked for first.
    """
    doubtful = DeliveryRow.attempts > 1
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(ids), STUCK)
        .values(
            state=case((doubtful, State.SENDING.value), else_=State.QUEUED.value),
            first_tried_at=case((doubtful, DeliveryRow.first_tried_at)),
            not_before=now,
            finished_at=None,
        )
        .execution_options(synchronize_session=False)
    )


def _query() -> Select[int, str, str, date, str | None]:
    found = select(
        DeliveryRow.id, DeliveryRow.state, DeliveryRow.kind, DeliveryRow.day, MemberRow.zone
    )
    return found.join(MemberRow, DeliveryRow.member_id == MemberRow.id, isouter=True)


def _made(rows: Iterable[Row[int, str, str, date, str | None]]) -> list[Candidate]:
    return [
        Candidate(id, State(state), kind, day, zone or "") for id, state, kind, day, zone in rows
    ]
