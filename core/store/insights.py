"""Insights: what a member learned of an organization's needs (M16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.names import folded
from core.store.tables import InsightRow


async def add_insight(
    session: AsyncSession, member_id: int, change_id: int, organization: str, text: str, on: date
) -> None:
    """Keep an insight."""
    session.add(
        InsightRow(
            member_id=member_id,
            change_id=change_id,
            key=folded(organization),
            organization=organization,
            text=text,
            on=on,
        )
    )
    await session.flush()


async def move_insights(session: AsyncSession, member_id: int, old: str, new: str) -> None:
    """Keep what was learned when an organization is written otherwise."""
    await session.execute(
        update(InsightRow)
        .where(InsightRow.member_id == member_id, InsightRow.key == folded(old))
        .values(key=folded(new), organization=new)
    )


async def insights_of(
    session: AsyncSession, member_id: int, organizations: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """The texts for each of these organizations, newest first; by the name as it was given."""
    keys = {organization: folded(organization) for organization in organizations if organization}
    query = select(InsightRow).where(
        InsightRow.member_id == member_id,
        InsightRow.key.in_(set(keys.values())),
        InsightRow.voided.is_(False),
    )
    found: dict[str, list[str]] = {}
    for row in await session.scalars(query.order_by(InsightRow.id.desc())):
        found.setdefault(row.key, []).append(row.text)
    return {name: tuple(found.get(key, ())) for name, key in keys.items()}
