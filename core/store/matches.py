"""Members of a club who pursue the same organization, and who of them wants to be known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.records import Membership
from core.store.memberships import membership_from
from core.store.tables import ContactRow, FollowUpRow, MatchRow, MembershipRow
from core.store.tables.sealed import written_as


@dataclass(frozen=True)
class Match:
    """Two memberships that pursue the same organization; None while somebody has not said."""

    id: int
    club_id: int
    first_id: int
    second_id: int
    key: str
    first_says: bool | None
    second_says: bool | None


async def mates_at(
    session: AsyncSession, club_id: int, besides: int, places: Collection[str]
) -> list[tuple[str, Membership]]:
    """Who else in the club wants to hear of matches and pursues one of these organizations."""
    query = (
        select(ContactRow.place, MembershipRow)
        .join(MembershipRow, MembershipRow.member_id == ContactRow.member_id)
        .join(FollowUpRow, FollowUpRow.contact_id == ContactRow.id)
        .where(
            MembershipRow.club_id == club_id,
            MembershipRow.id != besides,
            MembershipRow.matches,
            written_as(session, ContactRow.place, places),
            FollowUpRow.removed.is_(False),
            FollowUpRow.due_on.is_not(None),
        )
        .distinct()
    )
    rows = await session.execute(query.order_by(MembershipRow.id))
    return [(place, membership_from(row)) for place, row in rows]


async def places_of(session: AsyncSession, member_id: int) -> set[str]:
    """The organizations that a member pursues now."""
    query = (
        select(ContactRow.place)
        .join(FollowUpRow, FollowUpRow.contact_id == ContactRow.id)
        .where(
            ContactRow.member_id == member_id,
            ContactRow.place != "",
            FollowUpRow.removed.is_(False),
            FollowUpRow.due_on.is_not(None),
        )
    )
    return set(await session.scalars(query.distinct()))


async def match(
    session: AsyncSession, club_id: int, one: int, other: int, key: str
) -> Match | None:
    """Keep that two memberships meet at an organization; None when they were told before."""
    first, second = sorted((one, other))
    where = (
        MatchRow.club_id == club_id,
        MatchRow.first_id == first,
        MatchRow.second_id == second,
        written_as(session, MatchRow.key, [key]),
    )
    if await session.scalar(select(MatchRow.id).where(*where)) is not None:
        return None
    row = MatchRow(club_id=club_id, first_id=first, second_id=second, key=key)
    session.add(row)
    await session.flush()
    return _match(row)


async def unanswered(session: AsyncSession, membership_id: int) -> list[Match]:
    """The matches of which one has not said whether they want to be known, oldest first."""
    query = select(MatchRow).where(
        or_(
            and_(MatchRow.first_id == membership_id, MatchRow.first_says.is_(None)),
            and_(MatchRow.second_id == membership_id, MatchRow.second_says.is_(None)),
        )
    )
    return [_match(row) for row in await session.scalars(query.order_by(MatchRow.id))]


async def match_by_id(session: AsyncSession, id: int, *, lock: bool = False) -> Match | None:
    """A match; with `lock` nobody else changes it before the transaction ends."""
    query = select(MatchRow).where(MatchRow.id == id).execution_options(populate_existing=True)
    row = await session.scalar(query.with_for_update() if lock else query)
    return _match(row) if row else None


async def say_of_match(session: AsyncSession, id: int, membership_id: int, says: bool) -> Match:
    """Keep what one of the two said."""
    row = await session.get_one(MatchRow, id)
    if row.first_id == membership_id:
        row.first_says = says
    else:
        row.second_says = says
    await session.flush()
    return _match(row)


def _match(row: MatchRow) -> Match:
    return Match(
        row.id,
        row.club_id,
        row.first_id,
        row.second_id,
        row.key,
        row.first_says,
        row.second_says,
    )
