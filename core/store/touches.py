"""Histories: touches, which are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.history import Terms, Touch
from core.domain.words import (
    Channel,
    CloseReason,
    Outcome,
    Priority,
    TouchKind,
    Trust,
    Urgency,
)
from core.store.tables import TouchRow

PORTION = 200
"""Follow-ups whose histories are read together: each step of it blocks the loop."""
_TOUCHES: Table = TouchRow.__table__  # type: ignore[assignment] # a Table, as declared


async def history(session: AsyncSession, id: int) -> list[Touch]:
    """The touches that count, oldest first."""
    return (await histories(session, [id]))[id]


async def histories(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Touch]]:
    """The touches that count of each of these follow-ups, by the day on which they happened.

    Something may be written down later than it happened; only the first entry stays the first.
    """
    found: dict[int, list[Touch]] = {id: [] for id in ids}
    first = case((TouchRow.kind == TouchKind.ADDED, 0), else_=1)
    query = select(_TOUCHES).where(TouchRow.voided.is_(False))
    query = query.order_by(first, TouchRow.day, TouchRow.id)
    for start in range(0, len(ids), PORTION):
        some = TouchRow.followup_id.in_(ids[start : start + PORTION])
        for row in await session.execute(query.where(some)):
            found[row.followup_id].append(_touch(row))
    return found


def row_of(id: int, change_id: int, touch: Touch, now: datetime) -> TouchRow:
    """The row of a touch of a follow-up."""
    return TouchRow(
        followup_id=id,
        change_id=change_id,
        at=now,
        kind=touch.kind,
        day=touch.day,
        via=touch.via,
        angle=touch.angle,
        outcome=touch.outcome,
        reason=touch.reason,
        until=touch.until,
        text=touch.text,
        terms=_terms_out(touch.terms),
    )


async def add_touch(
    session: AsyncSession, id: int, change_id: int, touch: Touch, now: datetime
) -> None:
    """Append one touch. The caller folds the history again."""
    session.add(row_of(id, change_id, touch, now))
    await session.flush()


def _touch(row: Row[*tuple[Any, ...]]) -> Touch:
    return Touch(
        kind=TouchKind(row.kind),
        day=row.day,
        via=Channel(row.via),
        angle=row.angle,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=CloseReason(row.reason) if row.reason else None,
        until=row.until,
        text=row.text,
        terms=_terms_in(row.terms),
        id=row.id,
        change=row.change_id,
    )


def _terms_out(terms: Terms | None) -> dict[str, Any] | None:
    if terms is None:
        return None
    return {
        "urgency": terms.urgency,
        "priority": terms.priority,
        "trust": terms.trust,
        "first_on": terms.first_on.isoformat() if terms.first_on else None,
    }


def _terms_in(kept: dict[str, Any] | None) -> Terms | None:
    if kept is None:
        return None
    first_on = date.fromisoformat(kept["first_on"]) if kept["first_on"] else None
    return Terms(
        Urgency(kept["urgency"]), Priority(kept["priority"]), Trust(kept["trust"]), first_on
    )
