"""Who belongs to a club, and their weeks in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform
from core.domain.clubs.records import Entry, Membership, WeekTotals
from core.domain.clubs.words import Sharing
from core.store.bulk import insert_or_leave, update_each
from core.store.tables import (
    AccountRow,
    BuddyRow,
    ClubWeekRow,
    EntryRow,
    MatchRow,
    MembershipRow,
)

_ENTRIES: Table = EntryRow.__table__  # type: ignore[assignment] # a Table, as declared
_MEMBERSHIPS: Table = MembershipRow.__table__  # type: ignore[assignment] # a Table, as declared


async def account_id(session: AsyncSession, account: Account) -> int:
    """The id of an account that is known. Raises LookupError for another."""
    query = select(AccountRow.id).where(
        AccountRow.platform == account.platform,
        AccountRow.workspace == account.workspace,
        AccountRow.user == account.user,
    )
    found = await session.scalar(query)
    if found is None:
        raise LookupError(account.platform)
    return found


async def accounts(session: AsyncSession, ids: Collection[int]) -> dict[int, Account]:
    """These accounts, by id."""
    rows = await session.scalars(select(AccountRow).where(AccountRow.id.in_(ids)))
    return {row.id: Account(Platform(row.platform), row.workspace, row.user) for row in rows}


async def account(session: AsyncSession, id: int) -> Account:
    """An account by its id."""
    return (await accounts(session, {id}))[id]


async def name_of(session: AsyncSession, club_id: int, member_id: int) -> str:
    """The name that a member goes by in a club; "" for who has left it."""
    membership = await one_of(session, club_id, member_id)
    return membership.name if membership else ""


async def one_of(session: AsyncSession, club_id: int, member_id: int) -> Membership | None:
    """A member's membership in a club."""
    where = MembershipRow.club_id == club_id, MembershipRow.member_id == member_id
    row = await session.scalar(select(MembershipRow).where(*where))
    return membership_from(row) if row else None


async def by_id(session: AsyncSession, id: int) -> Membership | None:
    """A membership by its id."""
    row = await session.get(MembershipRow, id)
    return membership_from(row) if row else None


async def of_member(session: AsyncSession, member_id: int) -> list[Membership]:
    """A member's clubs, in the order of joining."""
    query = select(MembershipRow).where(MembershipRow.member_id == member_id)
    return [membership_from(row) for row in await session.scalars(query.order_by(MembershipRow.id))]


async def of_club(session: AsyncSession, club_id: int) -> list[Membership]:
    """Everybody in a club, in the order of joining."""
    query = select(MembershipRow).where(MembershipRow.club_id == club_id)
    return [membership_from(row) for row in await session.scalars(query.order_by(MembershipRow.id))]


async def shown_names(session: AsyncSession, club_id: int, *, besides: int) -> list[str]:
    """The names that a club sees of others than this membership."""
    query = select(MembershipRow.name).where(
        MembershipRow.club_id == club_id,
        MembershipRow.id != besides,
        MembershipRow.sharing != Sharing.HIDDEN,
        MembershipRow.name != "",
    )
    return list(await session.scalars(query))


async def wants_buddy(session: AsyncSession, club_id: int, *, besides: int) -> bool:
    """Whether somebody else in a club wants a buddy; who only helps there has none."""
    query = select(MembershipRow.id).where(
        MembershipRow.club_id == club_id,
        MembershipRow.id != besides,
        MembershipRow.buddy,
        MembershipRow.alum.is_(False),
    )
    return await session.scalar(query.limit(1)) is not None


async def join(session: AsyncSession, membership: Membership) -> Membership:
    """Somebody joins. Raises IntegrityError for who is in already."""
    row = MembershipRow(
        club_id=membership.club_id, member_id=membership.member_id, joined_on=membership.joined_on
    )
    _write(row, membership)
    session.add(row)
    await session.flush()
    return membership_from(row)


async def save(session: AsyncSession, membership: Membership) -> None:
    """Write what may have changed."""
    _write(await session.get_one(MembershipRow, membership.id), membership)
    await session.flush()


async def leave(session: AsyncSession, ids: Collection[int]) -> None:
    """They are off every board at once: nothing of their weeks is kept."""
    matches = or_(MatchRow.first_id.in_(ids), MatchRow.second_id.in_(ids))
    await session.execute(delete(MatchRow).where(matches))
    await session.execute(delete(BuddyRow).where(BuddyRow.membership_id.in_(ids)))
    await session.execute(delete(EntryRow).where(EntryRow.membership_id.in_(ids)))
    await session.execute(delete(MembershipRow).where(MembershipRow.id.in_(ids)))


async def entries(session: AsyncSession, club_id: int, week: date) -> dict[int, Entry]:
    """What is kept of a week, by membership."""
    query = (
        select(EntryRow)
        .join(MembershipRow, EntryRow.membership_id == MembershipRow.id)
        .where(MembershipRow.club_id == club_id, EntryRow.week == week)
    )
    return {row.membership_id: _entry(row) for row in await session.scalars(query)}


async def entry(session: AsyncSession, membership_id: int, week: date) -> Entry:
    """One member's week, empty when nothing is kept of it."""
    where = EntryRow.membership_id == membership_id, EntryRow.week == week
    row = await session.scalar(select(EntryRow).where(*where))
    return _entry(row) if row else Entry(membership_id, week)


async def weeks_of(session: AsyncSession, membership_id: int) -> list[Entry]:
    """All that is kept of one member's weeks, oldest first."""
    query = select(EntryRow).where(EntryRow.membership_id == membership_id)
    return [_entry(row) for row in await session.scalars(query.order_by(EntryRow.week))]


async def put_goal(session: AsyncSession, membership_id: int, week: date, goal: int) -> None:
    """Keep the goal that a member picked, whatever else is kept of the week."""
    where = EntryRow.membership_id == membership_id, EntryRow.week == week
    row = await session.scalar(select(EntryRow).where(*where))
    if row is None:
        row = EntryRow(membership_id=membership_id, week=week)
        session.add(row)
    row.goal = goal
    await session.flush()


async def put_counts(session: AsyncSession, found: Sequence[Entry]) -> None:
    """Keep what was made and due, and the streaks; goals that were picked stay. In batches."""
    rows = [
        {"membership_id": e.membership_id, "week": e.week, "made": e.made, "due": e.due}
        | {"streak": e.streak}
        for e in found
    ]
    await insert_or_leave(session, _ENTRIES, rows)
    await update_each(session, _ENTRIES, rows, "membership_id", "week")


async def put_streaks(session: AsyncSession, streaks: Mapping[int, int]) -> None:
    """Keep how long each member's streak is, by membership."""
    rows = [{"id": id, "streak": streak} for id, streak in streaks.items()]
    await update_each(session, _MEMBERSHIPS, rows, "id")


async def put_wishes(session: AsyncSession, changed: Sequence[Membership]) -> None:
    """Keep whether these want a buddy, and how many pairings they left unanswered; no more."""
    rows = [{"id": m.id, "buddy": m.buddy, "unanswered": m.unanswered} for m in changed]
    await update_each(session, _MEMBERSHIPS, rows, "id")


async def put_totals(session: AsyncSession, club_id: int, totals: WeekTotals) -> None:
    """Keep what a week came to; a later count takes the place of an earlier one."""
    where = ClubWeekRow.club_id == club_id, ClubWeekRow.week == totals.week
    row = await session.scalar(select(ClubWeekRow).where(*where))
    if row is None:
        row = ClubWeekRow(club_id=club_id, week=totals.week)
        session.add(row)
    row.members, row.goals, row.reached = totals.members, totals.goals, totals.reached
    row.made, row.due, row.groups = totals.made, totals.due, totals.groups
    row.settled = totals.settled
    await session.flush()


async def totals(
    session: AsyncSession, club_id: int, before: date | None = None, limit: int = 0
) -> list[WeekTotals]:
    """The weeks of a club, oldest first: all, or the last `limit` before a week."""
    query = select(ClubWeekRow).where(ClubWeekRow.club_id == club_id)
    if before is not None:
        query = query.where(ClubWeekRow.week < before)
    query = query.order_by(ClubWeekRow.week.desc())
    rows = await session.scalars(query.limit(limit) if limit else query)
    return [_totals(row) for row in rows][::-1]


def membership_from(row: MembershipRow) -> Membership:
    """The domain record of a row."""
    return Membership(
        id=row.id,
        club_id=row.club_id,
        member_id=row.member_id,
        account_id=row.account_id,
        joined_on=row.joined_on,
        name=row.name,
        sharing=Sharing(row.sharing),
        matches=row.matches,
        buddy=row.buddy,
        skips=row.skips,
        unanswered=row.unanswered,
        nudge_after=row.nudge_after,
        alum=row.alum,
        streak=row.streak,
    )


def _write(row: MembershipRow, membership: Membership) -> None:
    row.account_id = membership.account_id
    row.name, row.sharing = membership.name, membership.sharing
    row.matches, row.buddy = membership.matches, membership.buddy
    row.skips, row.unanswered = membership.skips, membership.unanswered
    row.nudge_after, row.alum = membership.nudge_after, membership.alum
    row.streak = membership.streak


def _entry(row: EntryRow) -> Entry:
    return Entry(row.membership_id, row.week, row.goal, row.made, row.due, row.streak)


def _totals(row: ClubWeekRow) -> WeekTotals:
    return WeekTotals(
        row.week,
        row.members,
        row.goals,
        row.reached,
        row.made,
        row.due,
        dict(row.groups),
        row.settled,
    )
