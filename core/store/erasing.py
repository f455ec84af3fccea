"""Erasing a member: everything that is theirs, in every table."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.database import leave_no_trace
from core.store.tables import Base, MemberRow

_MEMBERS = MemberRow.__table__


async def erase_member(session: AsyncSession, member_id: int) -> None:
    """Delete a member and all that is theirs. Nothing happens for one that is gone.

    What is theirs follows from the foreign keys, so a table that comes later is not forgotten.
    """
    await session.flush()
    for table in reversed(Base.metadata.sorted_tables):  # what refers to others goes first
        theirs = owned(table, member_id)
        if theirs is not None:
            await session.execute(delete(table).where(theirs))
    session.expunge_all()
    leave_no_trace(session)


def owned(table: Table, member_id: int) -> ColumnElement[bool] | None:
    """What is true of the rows that are a member's; None for a table that is nobody's."""
    column = table.c.id if table is _MEMBERS else table.c.get("member_id")
    if column is not None:
        own: ColumnElement[bool] = column == member_id
        return own
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        theirs = owned(parent, member_id) if parent is not table else None
        if theirs is not None:
            return key.parent.in_(select(key.column).where(theirs))
    return None


async def owned_by(session: AsyncSession, member_id: int) -> dict[str, int]:
    """How many rows of each table are a member's, by the table's name."""
    found: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        theirs = owned(table, member_id)
        if theirs is not None:
            query = select(func.count()).select_from(table).where(theirs)
            found[table.name] = await session.scalar(query) or 0
    return found
