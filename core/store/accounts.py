"""The accounts of one member, who may have several: which takes the digest, and where it came from.

See also `members`, which finds a member by an account.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.deliveries import Dead, Held, Outcome, Parcel, State
from core.domain.owed import Matter
from core.language import N_
from core.store.deliveries import DELIVERIES
from core.store.tables import AccountRow, ChangeRow, KeptRow, MembershipRow, OrganizerRow

_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_A, _D = _ACCOUNTS.c, DELIVERIES.c


@dataclass(frozen=True)
class OwnAccount:
    """One of a member's accounts.

    - `takes_digest`: whether the digest is meant to come here; `unreachable` why it can't now.
    - `settings`: what it had set for itself, where another's settings took their place.
    - `linked_at`: since when it is one of several; None while it is alone.
    """

    id: int
    account: Account
    takes_digest: bool = False
    unreachable: str = ""
    settings: dict[str, Any] | None = None
    linked_at: datetime | None = None


async def accounts_of(session: AsyncSession, member_id: int) -> list[OwnAccount]:
    """A member's accounts, the oldest first."""
    columns = _A.id, _A.platform, _A.workspace, _A.user, _A.takes_digest, _A.unreachable
    query = select(*columns, _A.settings, _A.linked_at).where(_A.member_id == member_id)
    return [
        OwnAccount(id, Account(Platform(platform), workspace, user), *rest)
        for id, platform, workspace, user, *rest in await session.execute(query.order_by(_A.id))
    ]


async def send_digest_to(session: AsyncSession, member_id: int, account_id: int) -> None:
    """The member's digest comes to that account of theirs from now on."""
    here = case((_A.id == account_id, True), else_=False)
    await session.execute(
        update(_ACCOUNTS).where(_A.member_id == member_id).values(takes_digest=here)
    )
    session.expire_all()


async def alone(session: AsyncSession, member_id: int) -> None:
    """Where one account is left it is no longer one of several; the digest comes to one of them."""
    left = await accounts_of(session, member_id)
    if len(left) == 1:
        values = {"linked_at": None, "takes_digest": False, "unreachable": ""}
        single = update(_ACCOUNTS).where(_A.member_id == member_id)
        await session.execute(single.values(**values, settings=null()))
    elif not any(one.takes_digest for one in left):
        await send_digest_to(session, member_id, left[0].id)
    session.expire_all()


async def mark(session: AsyncSession, member_id: int, account_id: int) -> None:
    """What the member has done that is not marked yet came from that account."""
    for table in (ChangeRow, KeptRow):
        await session.execute(
            update(table)
            .where(table.member_id == member_id, table.account_id.is_(None))
            .values(account_id=account_id)
            .execution_options(synchronize_session=False)
        )


async def clubs_of(session: AsyncSession, account: Account) -> list[int]:
    """The clubs that an account is in or looks after, and no other account of its member."""
    known = select(AccountRow.id).where(
        AccountRow.platform == account.platform,
        AccountRow.workspace == account.workspace,
        AccountRow.user == account.user,
    )
    joined = select(MembershipRow.club_id).where(MembershipRow.account_id.in_(known))
    looked_after = select(OrganizerRow.club_id).where(OrganizerRow.account_id.in_(known))
    return sorted(await session.scalars(joined.union(looked_after)))


def best_first() -> tuple[ColumnElement[Any], ...]:
    """The order in which a member's accounts get the digest: where it arrives, and is wanted."""
    return (
        case((_A.left_at.is_(None), 0), else_=1),
        case((_A.unreachable == "", 0), else_=1),
        case((_A.takes_digest, 0), else_=1),
        _A.id,
    )


async def detours(session: AsyncSession, member_ids: Collection[int]) -> dict[int, OwnAccount]:
    """The accounts that are to have the digests of these members, of those who have several."""
    columns = _A.member_id, _A.id, _A.platform, _A.workspace, _A.user, _A.unreachable
    query = select(*columns).where(
        _A.member_id.in_(member_ids), _A.linked_at.is_not(None), _A.takes_digest
    )
    return {
        member: OwnAccount(
            id, Account(Platform(platform), workspace, user), takes_digest=True, unreachable=reason
        )
        for member, id, platform, workspace, user, reason in await session.execute(query)
    }


async def go_elsewhere(
    session: AsyncSession, results: Collection[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """A digest that can't reach one account of its member goes to another, unless in doubt."""
    failed = {
        parcel.id: outcome.reason
        for parcel, outcome in results
        if parcel.account_id and isinstance(outcome, Held | Dead) and not parcel.doubtful_since
    }
    await reroute(session, failed, now)


async def reroute(session: AsyncSession, failed: Mapping[int, str], now: datetime) -> None:
    """Let these undelivered digests, by id and why, go to another account where there is one."""
    if not failed:
        return
    query = (
        select(_D.id, _D.member_id, _D.account_id)
        .join_from(DELIVERIES, _ACCOUNTS, _D.account_id == _A.id)
        .where(
            _D.id.in_(failed),
            _D.kind == Matter.DIGEST,
            _D.state.in_([State.HELD, State.DEAD]),
            _A.linked_at.is_not(None),
        )
    )
    for id, member_id, account_id in (await session.execute(query)).all():
        was = update(_ACCOUNTS).where(_A.id == account_id)
        await session.execute(was.values(unreachable=_kept(failed[id])))
        others = _A.member_id == member_id, _A.unreachable == "", _A.left_at.is_(None)
        other = await session.scalar(select(_A.id).where(*others).order_by(*best_first()).limit(1))
        if other is not None:
            again = {"account_id": other, "state": State.QUEUED, "not_before": now}
            moved = update(DELIVERIES).where(_D.id == id)
            await session.execute(moved.values(**again, finished_at=None))


def _kept(reason: str) -> str:
    return "".join(one if one.isprintable() else " " for one in reason[:200]) or N_("no answer")


def arrived_at(ids: Collection[int]) -> tuple[ColumnElement[bool], dict[str, Any]]:
    """Which of these accounts are to be marked as reached, and the values that say so.

    A workspace that removed the bot says itself when it is back; what arrived there did so before.
    """
    parted = _A.left_at.is_not(None) & (_A.workspace == "")
    where = _A.id.in_(ids) & or_(parted, _A.unreachable != "")
    left_at = case((_A.workspace == "", null()), else_=_A.left_at)
    return where, {"left_at": left_at, "unreachable": ""}
