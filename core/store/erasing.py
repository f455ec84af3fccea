"""Erasing a member: everything that is theirs, in every table."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.database import leave_no_trace
from core.store.tables import GOES_ALONG, Base, ClubRow, MemberRow

_MEMBERS, _CLUBS = MemberRow.__table__, ClubRow.__table__


async def erase_club(session: AsyncSession, club_id: int) -> None:
    """Delete a club and all that refers to it. Nothing of its members is theirs alone in it."""
    await session.flush()
    for table in reversed(Base.metadata.sorted_tables):
        of_it = _of_club(table, club_id)
        if of_it is not None:
            await session.execute(delete(table).where(of_it))
    session.expunge_all()
    leave_no_trace(session)


def _of_club(table: Table, club_id: int) -> ColumnElement[bool] | None:
    """What is true of the rows that belong to a club; None where none do."""
    if table is _CLUBS:
        own: ColumnElement[bool] = table.c.id == club_id
        return own
    found: list[ColumnElement[bool]] = []
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        theirs = _of_club(parent, club_id) if parent is not table else None
        if theirs is not None:
            found.append(key.parent.in_(select(key.column).where(theirs)))
    return or_(*found) if found else None


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
    """What is true of the rows that are a member's; None for a table that is nobody's.

    Theirs is what names them, or else what refers to a row of theirs. What names somebody else and
    goes all the same, such as an answer to their question, is marked at the key that refers to it.
    """
    column = table.c.id if table is _MEMBERS else table.c.get("member_id")
    found: list[ColumnElement[bool]] = [] if column is None else [column == member_id]
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        if parent is table or (column is not None and not key.info.get(GOES_ALONG)):
            continue
        theirs = owned(parent, member_id)
        if theirs is not None:
            found.append(key.parent.in_(select(key.column).where(theirs)))
    return or_(*found) if found else None


async def owned_by(session: AsyncSession, member_id: int) -> dict[str, int]:
    """How many rows of each table are a member's, by the table's name."""
    found: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        theirs = owned(table, member_id)
        if theirs is not None:
            query = select(func.count()).select_from(table).where(theirs)
            found[table.name] = await session.scalar(query) or 0
    return found
