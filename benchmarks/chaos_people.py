"""The members of the kill test: a few come to the desk, and the rest are their copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Caller
from core.desk import Desk
from core.store.database import Store
from core.store.tables import Base, MemberRow

ENROLLED = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""A Monday, on which everybody adds somebody to write to on Tuesday."""
LINE = "add Ada Lovelace @ Acme re: the data role, in 1 day"
ZONES = ("Asia/Tashkent", "Asia/Kabul", "Asia/Dubai", "Asia/Tehran", "Africa/Nairobi")
"""From east to west, half an hour apart: so many mornings follow one another. No holidays then."""

Copied = dict[tuple[str, int], list[int]]
"""By table and id of an original row: the ids of its copies, in the order of the accounts."""


async def enrol(store: Store, accounts: Sequence[Account], mornings: int) -> list[datetime]:
    """Let all of them ask for a digest, at one of so many hours in turn; the hours.

    Who comes first in each zone really types the line, which takes too long for thousands.
    """
    desk = Desk(store, lambda: ENROLLED)
    for first, zone in enumerate(ZONES[:mornings]):
        prototype, *others = [a for n, a in enumerate(accounts) if n // 2 % mornings == first]
        reply = await desk.line(LINE, Caller(prototype, key=f"enrol-{first}", zone=zone))
        assert reply.message is not None and not reply.refused, "the line was not understood"
        async with store.writing() as session:
            member = await session.scalar(select(func.max(MemberRow.id)))
            assert member is not None
            await _copy(session, member, others)
    async with store.reading() as session:
        query = select(MemberRow.next_digest_at).distinct().order_by(MemberRow.next_digest_at)
        hours = [hour for hour in await session.scalars(query) if hour is not None]
        assert await session.scalar(select(func.count(MemberRow.id))) == len(accounts)
    assert len(hours) == mornings, "some have another morning than was meant"
    return hours


async def _copy(session: AsyncSession, member: int, accounts: Sequence[Account]) -> None:
    """Everything that a member has, once for each of these accounts."""
    copied: Copied = {}
    for name in ("members", "accounts", "contacts", "followups", "changes", "touches"):
        table = Base.metadata.tables[name]
        for row in (await session.execute(_of(table, member))).mappings().all():
            rows = [
                {
                    **{column: value for column, value in row.items() if column != "id"},
                    **_links(table, row, copied, number),
                    **(asdict(account) if name == "accounts" else {}),
                }
                for number, account in enumerate(accounts)
            ]
            made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
            copied[name, row["id"]] = list(await session.scalars(made, rows)) if rows else []


def _of(table: Table, member: int) -> Any:
    """The rows of a table that are this member's."""
    if table.name == "members":
        return select(table).where(table.c.id == member)
    if "member_id" in table.c:
        return select(table).where(table.c.member_id == member)
    followups = Base.metadata.tables["followups"]
    return select(table).where(
        table.c.followup_id.in_(select(followups.c.id).where(followups.c.member_id == member))
    )


def _links(table: Table, row: RowMapping, copied: Copied, number: int) -> dict[str, int]:
    """What the copy with that number points at, where the original points at something."""
    return {
        key.parent.name: copied[key.column.table.name, row[key.parent.name]][number]
        for key in table.foreign_keys
        if row[key.parent.name] is not None
    }
