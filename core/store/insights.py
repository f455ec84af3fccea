"""Insights: what a member learned of an organization's needs (M16)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.names import folded
from core.store.tables import InsightRow
from core.store.tables.sealed import written_as

KEY_LIMIT = 200


def key_of(organization: str) -> str:
    """By what it is found. A letter can become eighteen when it is folded: an index has limits."""
    return folded(organization)[:KEY_LIMIT]


async def add_insight(
    session: AsyncSession, member_id: int, change_id: int, organization: str, text: str, on: date
) -> None:
    """Keep an insight."""
    session.add(
        InsightRow(
            member_id=member_id,
            change_id=change_id,
            key=key_of(organization),
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
        .where(
            InsightRow.member_id == member_id, written_as(session, InsightRow.key, [key_of(old)])
        )
        .values(key=key_of(new), organization=new)
    )


async def insights_of(
    session: AsyncSession, wanted: Collection[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """The texts for each of these members and organizations, newest first; by the name given."""
    keys = {(member, name): (member, key_of(name)) for member, name in wanted if name}
    columns = (InsightRow.member_id, InsightRow.key, InsightRow.text)
    query = select(*columns).where(
        InsightRow.member_id.in_({member for member, _ in keys}),
        written_as(session, InsightRow.key, {key for _, key in keys.values()}),
        InsightRow.voided.is_(False),
    )
    found: dict[tuple[int, str], list[str]] = {}
    for member, key, text in await session.execute(query.order_by(InsightRow.id.desc())):
        found.setdefault((member, key), []).append(text)
    return {name: tuple(found.get(key, ())) for name, key in keys.items()}


async def all_of(session: AsyncSession, member_id: int) -> list[tuple[str, str, date]]:
    """Everything that the member learned, oldest first: organization, text, day."""
    columns = (InsightRow.organization, InsightRow.text, InsightRow.on)
    query = select(*columns).where(InsightRow.member_id == member_id, InsightRow.voided.is_(False))
    rows = await session.execute(query.order_by(InsightRow.id))
    return [(organization, text, on) for organization, text, on in rows]
