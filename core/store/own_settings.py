"""What each account had set for itself: put aside when members join, back when they part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import null, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.changes import SET_ASIDE
from core.store.tables import AccountRow, ChangeRow

NOT_FETCHED = {"synchronize_session": False}


async def put_aside(session: AsyncSession, goes: int, settings: Mapping[str, Any]) -> None:
    """Each account keeps what its own self had set, for when they part; what it set is history."""
    own = update(AccountRow).where(AccountRow.member_id == goes, AccountRow.settings.is_(None))
    await session.execute(
        own.values(settings=dict(settings)).execution_options(synchronize_session=False)
    )
    aside = update(ChangeRow).where(ChangeRow.member_id == goes, ChangeRow.verb == "settings")
    await session.execute(aside.values(verb=SET_ASIDE).execution_options(synchronize_session=False))


async def settings_go(session: AsyncSession, member_id: int, new_id: int, account_id: int) -> None:
    """The account that goes has its own settings again, and can undo what it changed of them."""
    aside = update(ChangeRow).where(
        ChangeRow.member_id == member_id,
        ChangeRow.account_id == account_id,
        ChangeRow.verb == SET_ASIDE,
    )
    await session.execute(
        aside.values(member_id=new_id, verb="settings"), execution_options=NOT_FETCHED
    )


async def settings_stay(session: AsyncSession, member_id: int, new_id: int, restored: int) -> None:
    """The account that goes takes the settings along; `restored` is whose are in their place."""
    theirs = update(ChangeRow).where(ChangeRow.member_id == member_id, ChangeRow.verb == "settings")
    await session.execute(theirs.values(member_id=new_id), execution_options=NOT_FETCHED)
    back = update(ChangeRow).where(
        ChangeRow.member_id == member_id,
        ChangeRow.account_id == restored,
        ChangeRow.verb == SET_ASIDE,
    )
    await session.execute(back.values(verb="settings"), execution_options=NOT_FETCHED)


async def settings_are_its_own(session: AsyncSession, member_id: int, account_id: int) -> None:
    """The member's settings are those of that account: it keeps none beside them."""
    own = update(AccountRow).where(AccountRow.member_id == member_id, AccountRow.id == account_id)
    await session.execute(own.values(settings=null()), execution_options=NOT_FETCHED)
