"""What the members of a club made of what was due in a week: read, and not yet written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.calendar import WorkCalendar
from core.domain.clubs.effort import effort
from core.domain.clubs.organizing import ON_THEIR_WAY, QUIET, REACHED
from core.domain.clubs.records import Entry, Membership, WeekTotals, deadline
from core.domain.clubs.streaks import MemberWeek, kept, streak_after, took_working_days
from core.domain.clubs.weeks import ONE_WEEK, Event, EventKind, last_day
from core.domain.history import Touch
from core.domain.hours import local_day
from core.domain.records import FollowUp, Member
from core.store import clubs, followups, members, memberships, touches

AT_A_TIME = 20
"""Members whose histories are read together."""


@dataclass(frozen=True)
class Weighed:
    """One week as it stands at one event: each member's part, by membership."""

    event: Event
    week: date
    parts: Mapping[int, MemberWeek]


async def weigh(
    session: AsyncSession, id: int, now: datetime, give_way: Callable[[], Awaitable[None]]
) -> Weighed | None:
    """What is to be counted at the club's event that has come; None when it is gone or stopped.

    A kickoff settles the week before, with what was made after its board.
    """
    club = await clubs.club_by_id(session, id)
    if club is None or club.coming is None:
        return None
    event = club.coming
    settles = event.kind is EventKind.KICKOFF
    week = event.week - ONE_WEEK if settles else event.week
    last = last_day(week) if settles else deadline(club, week)
    active = [one for one in await memberships.of_club(session, club.id) if not one.alum]
    entries = await memberships.entries(session, club.id, week)
    parts: dict[int, MemberWeek] = {}
    for start in range(0, len(active), AT_A_TIME):
        chunk = active[start : start + AT_A_TIME]
        parts |= await _parts(session, chunk, entries, week, last, now)
        await give_way()
    return Weighed(event, week, parts)


async def _parts(
    session: AsyncSession,
    chunk: list[Membership],
    entries: Mapping[int, Entry],
    week: date,
    last: date,
    now: datetime,
) -> dict[int, MemberWeek]:
    ids = {one.member_id for one in chunk}
    known = await members.some_members(session, ids)
    lists = await followups.of_each(session, ids)
    histories = await touches.histories(session, [f.id for each in lists.values() for f in each])
    found: dict[int, MemberWeek] = {}
    for one in chunk:
        member = known[one.member_id]
        entry = entries.get(one.id)
        found[one.id] = MemberWeek(
            effort=effort(
                _with_calendars(member, lists[member.id], histories),
                member.rules,
                week,
                last,
                local_day(now, member.tz),
            ),
            goal=entry.goal if entry else None,
            on_break=took_working_days(member.calendar, week, last),
            joined=one.joined_on > week,
        )
    return found


def _with_calendars(
    member: Member, listed: list[FollowUp], histories: Mapping[int, list[Touch]]
) -> list[tuple[list[Touch], WorkCalendar]]:
    return [(histories[one.id], member.calendar_with(one.contact)) for one in listed]


def as_it_stands(
    weighed: Weighed, active: Sequence[Membership], kept: Mapping[int, Entry]
) -> Weighed:
    """Of those who are in the club yet, with goals that were picked while it was weighed."""
    parts = {
        one.id: replace(weighed.parts[one.id], goal=kept[one.id].goal if one.id in kept else None)
        for one in active
        if one.id in weighed.parts
    }
    return replace(weighed, parts=parts)


def entries_of(weighed: Weighed, active: Sequence[Membership]) -> list[Entry]:
    """Each member's week to be written down, with the streak that it makes."""
    found = []
    for one in active:
        part = weighed.parts.get(one.id)
        if part is not None:
            streak = streak_after(one.streak, kept(part))
            found.append(
                Entry(one.id, weighed.week, part.goal, part.effort.made, part.effort.due, streak)
            )
    return found


def totals_of(weighed: Weighed) -> WeekTotals:
    """What the week comes to for the club: it names nobody."""
    parts = list(weighed.parts.values())
    reached = sum(part.reached for part in parts)
    quiet = sum(part.effort.made == 0 and not part.reached for part in parts)
    return WeekTotals(
        week=weighed.week,
        members=len(parts),
        goals=sum(part.goal is not None for part in parts),
        reached=reached,
        made=sum(part.effort.made for part in parts),
        due=sum(part.effort.due for part in parts),
        groups={
            REACHED: reached,
            ON_THEIR_WAY: len(parts) - reached - quiet,
            QUIET: quiet,
        },
    )
