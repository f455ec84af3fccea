"""Members and their accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Caller
from core.domain.calendar import Pause
from core.domain.names import clean
from core.domain.records import DEFAULT_HOUR, DEFAULT_MOST, Member
from core.domain.words import Pace
from core.store.tables import AccountRow, MemberRow
from core.text import clip

NAME_LIMIT, LOCALE_LIMIT = 80, 16
_MEMBERS: Table = MemberRow.__table__  # type: ignore[assignment] # a Table, as declared


@dataclass(frozen=True)
class Known:
    """Who speaks: the member, by which of their accounts, and whether they have several."""

    member: Member
    account_id: int
    linked: bool = False


async def member_of(
    session: AsyncSession, account: Account, *, installed: bool = False
) -> Known | None:
    """The member behind an account, locked until the transaction ends; None for a stranger.

    Whoever speaks is where the bot is: they have not parted. `installed` is as in a `Caller`.
    """
    query = _behind(account).add_columns(AccountRow).with_for_update(of=MemberRow, key_share=True)
    found = (await session.execute(query)).first()
    if found is None:
        return None
    row, mine = found
    if mine.linked_at is not None:
        await session.refresh(mine)
        if mine.member_id != row.id:  # they parted while the lock was waited for
            return await member_of(session, account, installed=installed)
    if mine.left_at is not None:
        mine.left_at = None
    if installed and not mine.installed:
        mine.installed = True
    if mine.unreachable:
        mine.unreachable = ""
    return Known(member_from(row), mine.id, mine.linked_at is not None)


async def some_members(session: AsyncSession, ids: Collection[int]) -> dict[int, Member]:
    """These members, by id."""
    rows = await session.execute(select(_MEMBERS).where(_MEMBERS.c.id.in_(ids)))
    return {row.id: member_from(row) for row in rows}


async def peek(session: AsyncSession, account: Account) -> Member | None:
    """As `member_of`, without the lock: for what only reads."""
    row = await session.scalar(_behind(account))
    return member_from(row) if row else None


def _behind(account: Account) -> Select[MemberRow]:
    return (
        select(MemberRow)
        .join(AccountRow)
        .where(
            AccountRow.platform == account.platform,
            AccountRow.workspace == account.workspace,
            AccountRow.user == account.user,
        )
    )


async def enroll(session: AsyncSession, caller: Caller, zone: str, now: datetime) -> Known:
    """A new member with one account. Raises IntegrityError when another process was first."""
    account = caller.account
    row = MemberRow(
        created_at=now,
        zone=zone,
        name=clip(clean(caller.name), NAME_LIMIT),
        locale=caller.locale[:LOCALE_LIMIT],
        digest_minute=_minute(DEFAULT_HOUR),
        most=DEFAULT_MOST,
        pauses=[],
        pace=Pace.STEADY,
    )
    session.add(row)
    await session.flush()
    mine = AccountRow(
        member_id=row.id,
        platform=account.platform,
        workspace=account.workspace,
        user=account.user,
        installed=caller.installed,
    )
    session.add(mine)
    await session.flush()
    return Known(member_from(row), mine.id)


async def another(session: AsyncSession, member: Member, now: datetime) -> Member:
    """A new member who is set as this one, with no account yet. Their numbers go on from the same.

    So no number of the one is ever given out by the other for something else.
    """
    last = (await session.get_one(MemberRow, member.id)).last_number
    row = MemberRow(
        created_at=now,
        digest_minute=_minute(member.hour),
        most=member.most,
        pauses=[],
        pace=member.pace,
        last_number=last,
    )
    session.add(row)
    await session.flush()
    made = replace(member, id=row.id, ignored=0)
    await save_member(session, made)
    return made


async def save_member(session: AsyncSession, member: Member) -> None:
    """Write what may have changed."""
    row = await session.get_one(MemberRow, member.id)
    row.zone = member.zone
    row.zone_named = member.zone_named
    row.name, row.locale, row.language = member.name, member.locale, member.language
    row.digest_minute = _minute(member.hour)
    row.days_off = ",".join(str(day) for day in sorted(member.days_off))
    row.most = member.most
    row.pauses = pauses_out(member.pauses)
    row.pace = member.pace
    row.weekly, row.asked, row.ignored = member.weekly, member.asked, member.ignored
    row.next_digest_at = member.next_digest_at
    row.last_digest_on = member.last_digest_on


async def next_number(session: AsyncSession, member_id: int) -> int:
    """The number for the member's next follow-up; never given out twice."""
    row = await session.get_one(MemberRow, member_id)
    row.last_number += 1
    return row.last_number


def member_from(row: MemberRow | Row[*tuple[Any, ...]]) -> Member:
    """The domain record of a row, as mapped or as selected by its columns."""
    return Member(
        id=row.id,
        zone=row.zone,
        zone_named=row.zone_named,
        name=row.name,
        locale=row.locale,
        language=row.language,
        hour=hour_of(row.digest_minute),
        days_off=days_in(row.days_off),
        most=row.most,
        pauses=pauses_in(row.pauses),
        pace=Pace(row.pace),
        weekly=row.weekly,
        asked=row.asked,
        ignored=row.ignored,
        next_digest_at=row.next_digest_at,
        last_digest_on=row.last_digest_on,
    )


def hour_of(minute: int) -> time:
    """The hour that is so many minutes after midnight."""
    return time(minute // 60, minute % 60)


def days_in(kept: str) -> frozenset[int]:
    """The days off that were kept: 0 is Monday."""
    return frozenset(int(day) for day in kept.split(",") if day)


def pauses_out(pauses: tuple[Pause, ...]) -> list[list[str]]:
    """Pauses as they are kept: pairs of ISO days."""
    return [[pause.start.isoformat(), pause.end.isoformat()] for pause in pauses]


def pauses_in(kept: list[list[str]]) -> tuple[Pause, ...]:
    """The pauses that were kept."""
    return tuple(Pause(date.fromisoformat(a), date.fromisoformat(b)) for a, b in kept)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute
