"""Inserts that leave what is there, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.tables import Base


async def insert_or_leave(
    session: AsyncSession, table: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert those whose key is not there yet."""
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    target: Table = table.__table__  # type: ignore[assignment] # a Table, as declared
    await session.execute(insert(target).on_conflict_do_nothing(), list(rows))
