"""Codes that join two selves, and the count of wrong ones.

The database decides, so that it holds over all processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account
from core.domain.linking import ALL_GUESSES, EVERYBODY, GOOD_FOR, OWN_GUESSES, guesser
from core.store import lanes
from core.store.tables import LaneRow, LinkCodeRow

KEPT = timedelta(days=100)
"""How long a code is kept that was entered: what told of it may be held as long."""


@dataclass(frozen=True)
class Code:
    """A code that was entered: by whom, and for whom it was made."""

    id: int
    member_id: int
    account_id: int
    entered_id: int
    spent: bool


async def put_code(
    session: AsyncSession, member_id: int, account_id: int, fingerprint: str, now: datetime
) -> None:
    """Keep a new code of an account; an older one that nobody entered is good no longer."""
    older = LinkCodeRow.account_id == account_id, LinkCodeRow.entered_id.is_(None)
    await session.execute(delete(LinkCodeRow).where(*older))
    made = LinkCodeRow(
        member_id=member_id, account_id=account_id, at=now, fingerprint=fingerprint, spent=False
    )
    session.add(made)
    await session.flush()


async def maker_of(session: AsyncSession, fingerprint: str, now: datetime) -> tuple[int, int]:
    """The member and the account that a code is good for now; zeros for none."""
    query = select(LinkCodeRow.member_id, LinkCodeRow.account_id).where(*_good(fingerprint, now))
    found = (await session.execute(query)).first()
    return (found[0], found[1]) if found else (0, 0)


async def enter(
    session: AsyncSession, fingerprint: str, account_id: int, now: datetime
) -> Code | None:
    """Let an account have the code, if it is good yet: of all who try at once, one does."""
    taken = (
        update(LinkCodeRow)
        .where(*_good(fingerprint, now))
        .values(entered_id=account_id, entered_at=now)
        .returning(LinkCodeRow.id)
        .execution_options(synchronize_session=False)
    )
    id = await session.scalar(taken)
    return await code_by_id(session, id) if id else None


async def entered_by(session: AsyncSession, id: int, account_id: int, now: datetime) -> Code | None:
    """A code that this account entered not long ago and has not answered yet."""
    query = select(LinkCodeRow.id).where(
        LinkCodeRow.id == id,
        LinkCodeRow.entered_id == account_id,
        LinkCodeRow.entered_at > now - GOOD_FOR,
        LinkCodeRow.spent.is_(False),
    )
    return await code_by_id(session, id) if await session.scalar(query) else None


async def code_by_id(session: AsyncSession, id: int) -> Code | None:
    """A code that was entered."""
    query = select(LinkCodeRow).where(LinkCodeRow.id == id, LinkCodeRow.entered_id.is_not(None))
    row = await session.scalar(query.execution_options(populate_existing=True))
    if row is None or row.entered_id is None:
        return None
    return Code(row.id, row.member_id, row.account_id, row.entered_id, row.spent)


async def spend(session: AsyncSession, id: int) -> None:
    """The question about a code was answered."""
    await session.execute(update(LinkCodeRow).where(LinkCodeRow.id == id).values(spent=True))


async def wait_for(session: AsyncSession, account: Account, now: datetime) -> timedelta:
    """How long an account has to wait before it may enter a code; none as a rule."""
    own = await lanes.count(session, guesser(account), OWN_GUESSES, now, 0)
    everybody = await lanes.count(session, EVERYBODY, ALL_GUESSES, now, 0)
    return max(own, everybody) - now


async def count_wrong(session: AsyncSession, account: Account, now: datetime) -> None:
    """Somebody entered a code that is none."""
    await lanes.count(session, guesser(account), OWN_GUESSES, now, 1)
    await lanes.count(session, EVERYBODY, ALL_GUESSES, now, 1)


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Forget codes that are good no longer, and who guessed once."""
    unused = LinkCodeRow.entered_id.is_(None), LinkCodeRow.at <= now - GOOD_FOR
    await session.execute(delete(LinkCodeRow).where(*unused))
    await session.execute(delete(LinkCodeRow).where(LinkCodeRow.at <= now - KEPT))
    guesses = LaneRow.name.startswith("link:"), LaneRow.free_at < now
    await session.execute(delete(LaneRow).where(*guesses))


def _good(fingerprint: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        LinkCodeRow.fingerprint == fingerprint,
        LinkCodeRow.entered_id.is_(None),
        LinkCodeRow.at > now - GOOD_FOR,
    )
