"""Clubs, and who looks after them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform, Room
from core.domain.clubs.records import Club
from core.domain.clubs.weeks import Event, EventKind, WeekTime
from core.domain.words import Pace
from core.store.tables import ClubRow, OrganizerRow

A_DAY = 24 * 60
REASON_LIMIT = 200


async def club_at(session: AsyncSession, room: Room) -> Club | None:
    """The club of a channel."""
    row = await session.scalar(select(ClubRow).where(*_there(room)))
    return club_from(row) if row else None


async def club_by_id(session: AsyncSession, id: int) -> Club | None:
    """A club by its id."""
    row = await session.get(ClubRow, id)
    return club_from(row) if row else None


async def some_clubs(session: AsyncSession, ids: Sequence[int]) -> list[Club]:
    """These clubs, in the order of their ids."""
    rows = await session.scalars(select(ClubRow).where(ClubRow.id.in_(ids)).order_by(ClubRow.id))
    return [club_from(row) for row in rows]


async def locked(session: AsyncSession, id: int) -> Club | None:
    """A club, locked until the transaction ends; None when it is gone or somebody has it.

    What refers to it may be written meanwhile: whoever asks or joins need not wait.
    """
    query = select(ClubRow).where(ClubRow.id == id)
    query = query.with_for_update(skip_locked=True, key_share=True)
    row = await session.scalar(query.execution_options(populate_existing=True))
    return club_from(row) if row else None


async def held(session: AsyncSession, id: int) -> Club | None:
    """As `locked`, but whoever has it is waited for: two who manage it press one after another."""
    query = select(ClubRow).where(ClubRow.id == id).with_for_update(key_share=True)
    row = await session.scalar(query.execution_options(populate_existing=True))
    return club_from(row) if row else None


async def found(session: AsyncSession, club: Club, now: datetime) -> Club:
    """Begin a club. Raises IntegrityError when its channel has one."""
    row = ClubRow(
        created_at=now,
        platform=club.room.platform,
        workspace=club.room.workspace,
        channel=club.room.channel,
        server=club.room.server,
    )
    _write(row, club)
    session.add(row)
    await session.flush()
    return club_from(row)


async def save(session: AsyncSession, club: Club) -> None:
    """Write what may have changed."""
    _write(await session.get_one(ClubRow, club.id), club)
    await session.flush()


async def move(session: AsyncSession, club: Club, rolled_at: datetime) -> None:
    """Write where a club is now. Nobody looks who is there before the roll is old again.

    Raises IntegrityError when the channel has one.
    """
    row = await session.get_one(ClubRow, club.id)
    _write(row, club)
    row.platform, row.workspace = club.room.platform, club.room.workspace
    row.channel, row.server = club.room.channel, club.room.server
    row.rolled_at = rolled_at
    await session.flush()


async def coming(
    session: AsyncSession, now: datetime, limit: int, besides: Collection[int] = ()
) -> list[int]:
    """Clubs one of whose events has come, the longest waiting first: a look at an index."""
    where = ClubRow.next_at <= now, ClubRow.id.not_in(besides)
    query = select(ClubRow.id).where(*where).order_by(ClubRow.next_at)
    return list(await session.scalars(query.limit(limit)))


async def to_nudge(
    session: AsyncSession, now: datetime, limit: int, besides: Collection[int] = ()
) -> list[int]:
    """Clubs in which to look for silent members: a look at an index."""
    where = ClubRow.nudge_at <= now, ClubRow.id.not_in(besides)
    query = select(ClubRow.id).where(*where).order_by(ClubRow.nudge_at)
    return list(await session.scalars(query.limit(limit)))


async def next_coming(session: AsyncSession) -> datetime | None:
    """The earliest instant at which something is to be done for a club."""
    times = await session.execute(select(func.min(ClubRow.next_at), func.min(ClubRow.nudge_at)))
    return min((at for at in times.one() if at is not None), default=None)


async def nudge_next_at(session: AsyncSession, id: int, at: datetime | None) -> None:
    """When to look again."""
    await session.execute(update(ClubRow).where(ClubRow.id == id).values(nudge_at=at))


async def to_roll(
    session: AsyncSession,
    now: datetime,
    ahead: timedelta,
    platforms: Collection[Platform],
    limit: int,
) -> list[Club]:
    """Clubs that have an event soon and whose members nobody has looked for since then."""
    query = select(ClubRow).where(
        ClubRow.next_at <= now + ahead,
        ClubRow.platform.in_(platforms),
        ClubRow.shut == "",
        func.coalesce(ClubRow.rolled_at, ClubRow.created_at) < now - ahead,
    )
    query = query.order_by(ClubRow.next_at).limit(limit)
    return [club_from(row) for row in await session.scalars(query)]


async def rolled(session: AsyncSession, id: int, now: datetime) -> None:
    """Somebody has looked who is there; an earlier instant lets it be looked at again sooner."""
    await session.execute(update(ClubRow).where(ClubRow.id == id).values(rolled_at=now))


async def shut(session: AsyncSession, ids: Sequence[int], reason: str, now: datetime) -> list[int]:
    """Nothing can be written there; those of them of which that is news."""
    query = select(ClubRow.id).where(ClubRow.id.in_(ids), ClubRow.shut == "")
    news = list(await session.scalars(query))
    values = {"shut": reason[:REASON_LIMIT], "shut_at": func.coalesce(ClubRow.shut_at, now)}
    await session.execute(update(ClubRow).where(ClubRow.id.in_(ids)).values(values))
    return news


async def open_again(session: AsyncSession, ids: Sequence[int]) -> None:
    """Something was written there, or can be."""
    opened = {"shut": "", "shut_at": None}
    shut_ones = (ClubRow.id.in_(ids), ClubRow.shut != "")
    await session.execute(update(ClubRow).where(*shut_ones).values(opened))


async def clubs_in(session: AsyncSession, platform: Platform, workspace: str) -> list[int]:
    """The clubs of a workspace."""
    where = ClubRow.platform == platform, ClubRow.workspace == workspace
    return list(await session.scalars(select(ClubRow.id).where(*where).order_by(ClubRow.id)))


async def clubs_of_server(session: AsyncSession, platform: Platform, server: str) -> list[int]:
    """The clubs of a Discord server."""
    where = ClubRow.platform == platform, ClubRow.server == server
    return list(await session.scalars(select(ClubRow.id).where(*where).order_by(ClubRow.id)))


async def long_shut(session: AsyncSession, before: datetime, limit: int) -> list[Club]:
    """Clubs in which nothing could be written since then or longer, the longest first."""
    query = select(ClubRow).where(ClubRow.shut_at <= before).order_by(ClubRow.shut_at)
    return [club_from(row) for row in await session.scalars(query.limit(limit))]


async def organizers(session: AsyncSession, club_id: int) -> list[tuple[int, int]]:
    """Who looks after a club: member and account of each."""
    query = select(OrganizerRow.member_id, OrganizerRow.account_id)
    rows = await session.execute(query.where(OrganizerRow.club_id == club_id))
    return [(member, account) for member, account in rows]


async def organizes(session: AsyncSession, member_id: int) -> list[int]:
    """The clubs that a member looks after."""
    query = select(OrganizerRow.club_id).where(OrganizerRow.member_id == member_id)
    return list(await session.scalars(query.order_by(OrganizerRow.club_id)))


async def add_organizer(
    session: AsyncSession, club_id: int, member_id: int, account_id: int
) -> None:
    """They look after it from now on, unless they did already."""
    if club_id not in await organizes(session, member_id):
        session.add(OrganizerRow(club_id=club_id, member_id=member_id, account_id=account_id))
        await session.flush()


async def remove_organizer(session: AsyncSession, club_id: int, member_id: int) -> None:
    """They look after it no longer."""
    where = OrganizerRow.club_id == club_id, OrganizerRow.member_id == member_id
    await session.execute(delete(OrganizerRow).where(*where))


def club_from(row: ClubRow) -> Club:
    """The domain record of a row."""
    event = None
    if row.next_at is not None and row.next_week is not None:
        event = Event(EventKind(row.next_kind), row.next_at, row.next_week)
    return Club(
        id=row.id,
        room=Room(Platform(row.platform), row.workspace, row.channel, row.server),
        name=row.name,
        zone=row.zone,
        week_start=row.week_start,
        kickoff=_time(row.kickoff),
        midweek=None if row.midweek is None else _time(row.midweek),
        wrapup=_time(row.wrapup),
        pace=Pace(row.pace),
        language=row.language,
        revision=row.revision,
        coming=event,
        begun=row.begun,
        shut=row.shut,
        quiet=row.quiet,
        asked=row.asked,
    )


def _write(row: ClubRow, club: Club) -> None:
    row.name, row.zone, row.week_start = club.name, club.zone, club.week_start
    row.kickoff, row.wrapup = _minutes(club.kickoff), _minutes(club.wrapup)
    row.midweek = None if club.midweek is None else _minutes(club.midweek)
    row.pace, row.language, row.revision = club.pace, club.language, club.revision
    row.quiet, row.asked = club.quiet, club.asked
    event = club.coming
    row.next_at = event.at if event else None
    row.next_kind = event.kind if event else ""
    row.next_week = event.week if event else None
    row.begun = club.begun


def _there(room: Room) -> tuple[ColumnElement[bool], ...]:
    return (
        ClubRow.platform == room.platform,
        ClubRow.workspace == room.workspace,
        ClubRow.channel == room.channel,
    )


def _time(minutes: int) -> WeekTime:
    return WeekTime(minutes // A_DAY, time(minutes % A_DAY // 60, minutes % 60))


def _minutes(moment: WeekTime) -> int:
    return moment.day * A_DAY + moment.at.hour * 60 + moment.at.minute
