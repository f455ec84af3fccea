"""Which page of their Home an account looks at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account
from core.store.tables import AccountRow


async def page_at(session: AsyncSession, account: Account) -> str:
    """The token of the page; "" for who never opened their Home, and for a stranger."""
    query = select(AccountRow.home).where(*_is(account))
    return await session.scalar(query) or ""


async def put_page(session: AsyncSession, account: Account, token: str) -> None:
    """Remember the page; from now on they have a Home. Of a stranger nothing is remembered."""
    await session.execute(update(AccountRow).where(*_is(account)).values(home=token))


def _is(account: Account) -> tuple[ColumnElement[bool], ...]:
    return (
        AccountRow.platform == account.platform,
        AccountRow.workspace == account.workspace,
        AccountRow.user == account.user,
    )
