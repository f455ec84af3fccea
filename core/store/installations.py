"""Installations of the app in workspaces. What reads a token raises CannotOpen when it can't."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.installing import Installation
from core.store.database import leave_no_trace
from core.store.tables import AccountRow, InstallationRow


async def find(session: AsyncSession, client: str, team: str) -> Installation | None:
    """The app's installation in a workspace."""
    row = await session.get(InstallationRow, (client, team))
    return _made(row) if row is not None else None


async def some(session: AsyncSession, client: str, limit: int) -> list[Installation]:
    """Up to `limit` of them, the newest first."""
    query = (
        select(InstallationRow)
        .where(InstallationRow.client == client)
        .order_by(InstallationRow.installed_at.desc(), InstallationRow.team)
        .limit(limit)
    )
    return [_made(row) for row in await session.scalars(query)]


async def count(session: AsyncSession, client: str) -> int:
    """How many workspaces have the app."""
    query = select(func.count()).where(InstallationRow.client == client)
    return await session.scalar(query.select_from(InstallationRow)) or 0


async def put(session: AsyncSession, client: str, found: Installation) -> None:
    """Keep an installation in the place of an earlier one of its workspace, whose tokens go.

    The earlier one is not read: nobody may be able to any more.
    """
    await remove(session, client, found.team)
    made = InstallationRow(
        client=client,
        team=found.team,
        name=found.name,
        enterprise=found.enterprise,
        app=found.app,
        bot=found.bot,
        bot_user=found.bot_user,
        scopes=",".join(found.scopes),
        token=found.token,
        refresh=found.refresh,
        expires_at=found.expires_at,
        installed_at=found.installed_at,
    )
    session.add(made)
    await session.flush()


async def renew(
    session: AsyncSession, client: str, before: Installation, after: Installation
) -> bool:
    """Keep renewed tokens, unless the app was installed anew or removed meanwhile: whether it did.

    What was there before is overwritten, so that an old token stands nowhere.
    """
    leave_no_trace(session)
    kept = (
        update(InstallationRow)
        .where(
            InstallationRow.client == client,
            InstallationRow.team == before.team,
            InstallationRow.installed_at == before.installed_at,
        )
        .values(token=after.token, refresh=after.refresh, expires_at=after.expires_at)
        .returning(InstallationRow.team)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(kept) is not None


async def remove(
    session: AsyncSession, client: str, team: str, installed_at: datetime | None = None
) -> bool:
    """Delete an installation with its tokens, or only the one of then: whether there was one."""
    leave_no_trace(session)
    gone = delete(InstallationRow).where(
        InstallationRow.client == client, InstallationRow.team == team
    )
    if installed_at is not None:
        gone = gone.where(InstallationRow.installed_at == installed_at)
    gone = gone.execution_options(synchronize_session=False)
    return await session.scalar(gone.returning(InstallationRow.team)) is not None


async def remove_all(session: AsyncSession) -> int:
    """Delete every installation with its tokens, of every app; how many there were."""
    leave_no_trace(session)
    gone = delete(InstallationRow).returning(InstallationRow.team)
    return len(list(await session.scalars(gone)))


async def taken_for_left(session: AsyncSession, client: str) -> list[str]:
    """The workspaces that have the app, and whose accounts are marked as left all the same."""
    query = (
        select(InstallationRow.team)
        .where(
            InstallationRow.client == client,
            InstallationRow.team.in_(
                select(AccountRow.workspace).where(
                    AccountRow.platform == Platform.SLACK, AccountRow.left_at.is_not(None)
                )
            ),
        )
        .order_by(InstallationRow.team)
    )
    return list(await session.scalars(query))


def _made(row: InstallationRow) -> Installation:
    return Installation(
        team=row.team,
        token=row.token,
        installed_at=row.installed_at,
        name=row.name,
        enterprise=row.enterprise,
        app=row.app,
        bot=row.bot,
        bot_user=row.bot_user,
        scopes=tuple(one for one in row.scopes.split(",") if one),
        refresh=row.refresh,
        expires_at=row.expires_at,
    )
