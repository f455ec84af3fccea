"""Buddies (M20): wanting one, what is said on the message about this week's, and nudges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.records import Buddy, Club, Membership
from core.domain.clubs.weeks import ONE_WEEK, week_of
from core.domain.hours import instant_of, local_day, zone_of
from core.domain.owed import Matter
from core.domain.records import Member
from core.problem import Problem
from core.reply import Reply
from core.requests.helping import BuddyAnswer, ClubBuddy
from core.store import buddies, clubs, followups, members, memberships, owing
from core.usecases.clubs.finding import NOT_THERE, joined
from core.usecases.work import Work
from core.voice.clubs import buddying as voice

SHORTEST_SILENCE, LONGEST_SILENCE = 2, 14
LOOKED_AT = time(10)
"""When silence is looked for, by the club's clock."""


async def current(work: Work, request: ClubBuddy) -> dict[str, str]:
    """What the form begins with."""
    _, mine = await joined(work, request)
    return {"want": "on" if mine.buddy else "off", "nudge": str(mine.nudge_after)}


async def buddy(work: Work, request: ClubBuddy) -> Reply:
    """How it stands, or on, off, none next week, and after how many days of silence to nudge."""
    club, mine = await joined(work, request)
    if mine.alum and request.want == "on":
        raise Problem("Buddies are for those who search. To search again: `/followup club join`.")
    changed = mine
    if request.want:
        skips = _next_week(club, work.now) if request.want == "skip" else None
        changed = replace(mine, buddy=request.want != "off", skips=skips, unanswered=0)
    if request.nudge:
        changed = replace(changed, nudge_after=_days(request.nudge))
    if changed != mine:
        await memberships.save(work.session, changed)
    if changed.wants_nudges and changed.nudge_after != mine.nudge_after:
        await _ask_this_weeks(work, club, changed)
    others = await _others(work.session, club, changed, work.now)
    names = [await _name(work.session, one.membership_id) for one in others]
    alone = not await memberships.wants_buddy(work.session, club.id, besides=changed.id)
    off = changed.skips == _next_week(club, work.now)
    named = [name for name in names if name]
    return Reply(voice.state(club, changed, named, alone=alone, skips=off))


async def answer(work: Work, request: BuddyAnswer) -> Reply:
    """A button on the message about this week's buddy: any of them is an answer."""
    own = await buddies.buddy_by_id(work.session, request.buddy)
    mine = await memberships.by_id(work.session, own.membership_id) if own else None
    club = await clubs.club_by_id(work.session, own.club_id) if own else None
    if own is None or mine is None or club is None or mine.member_id != work.member.id:
        raise Problem(NOT_THERE)
    own = replace(own, answered=True)
    if request.do in ("nudge", "no-nudge"):
        own = replace(own, nudges=request.do == "nudge")
    await buddies.put_buddy(work.session, own)
    mine = replace(mine, unanswered=0)
    if request.do == "skip":
        mine = replace(mine, skips=_next_week(club, work.now))
    await memberships.save(work.session, mine)
    if own.nudges:
        at = _next_look(club, work.now)
        await clubs.nudge_next_at(work.session, club.id, at)
    return Reply(voice.answered(request.do))


async def look_for_silence(session: AsyncSession, id: int, now: datetime) -> None:
    """Tell those who agreed to nudge whose buddy is silent; and say when to look again."""
    club = await clubs.locked(session, id)
    if club is None:
        return
    week = week_of(club.today(now), club.week_start)
    paired = await buddies.buddies(session, club.id, week)
    for own in paired:
        if own.nudges:
            for other in _partners(paired, own):
                await _nudge_about(session, club, own, other, now)
    goes_on = any(one.nudges for one in paired)
    await clubs.nudge_next_at(session, club.id, _next_look(club, now) if goes_on else None)


async def _nudge_about(
    session: AsyncSession, club: Club, own: Buddy, other: Buddy, now: datetime
) -> None:
    """Owe a nudge, once a week, when the other asked for it and has been silent for so long."""
    silent = await memberships.by_id(session, other.membership_id)
    nudger = await memberships.by_id(session, own.membership_id)
    if silent is None or nudger is None or not silent.wants_nudges:
        return
    days, due = await silence(session, silent, now)
    today = club.today(now)
    if due and days >= silent.nudge_after and other.nudged_on is None:
        await buddies.put_buddy(session, replace(other, nudged_on=today))
        await owing.owe_member(
            session,
            nudger.member_id,
            nudger.account_id,
            Matter.NUDGE,
            today,
            now,
            other.id,
        )


async def silence(session: AsyncSession, silent: Membership, now: datetime) -> tuple[int, int]:
    """For how many days a member has made no ping while one was due, and how many are: counts.

    On a day off, and in a pause, nobody is silent.
    """
    known: Member = (await members.some_members(session, {silent.member_id}))[silent.member_id]
    today = local_day(now, known.tz)
    listed = await followups.all_of(session, known.id)
    pings = [one.position.last_ping for one in listed if one.position.last_ping is not None]
    due = [day for one in listed if (day := one.position.due) is not None and day <= today]
    if not due or not known.calendar.is_working(today):
        return 0, len(due)
    return (today - max([*pings, silent.joined_on, min(due)])).days, len(due)


async def _ask_this_weeks(work: Work, club: Club, mine: Membership) -> None:
    """This week's buddies are asked anew whether they would nudge."""
    for other in await _others(work.session, club, mine, work.now):
        theirs = await memberships.by_id(work.session, other.membership_id)
        if theirs is not None and other.nudges is None:
            await owing.owe_member(
                work.session,
                theirs.member_id,
                theirs.account_id,
                Matter.WISHES,
                club.today(work.now),
                work.now,
                other.id,
            )


async def _others(
    session: AsyncSession, club: Club, mine: Membership, now: datetime
) -> list[Buddy]:
    week = week_of(club.today(now), club.week_start)
    own = await buddies.of_week(session, mine.id, week)
    return _partners(await buddies.together(session, own), own) if own else []


def _partners(paired: list[Buddy], own: Buddy) -> list[Buddy]:
    return [one for one in paired if one.pair == own.pair and one.id != own.id]


async def _name(session: AsyncSession, membership_id: int) -> str:
    membership = await memberships.by_id(session, membership_id)
    return membership.name if membership else ""


def _next_week(club: Club, now: datetime) -> date:
    """The week after this one, by the club's clock."""
    return week_of(club.today(now), club.week_start) + ONE_WEEK


def _next_look(club: Club, now: datetime) -> datetime:
    zone = zone_of(club.zone)
    today = local_day(now, zone)
    at = instant_of(today, LOOKED_AT, zone)
    return at if at > now else instant_of(today + timedelta(days=1), LOOKED_AT, zone)


def _days(text: str) -> int:
    if text.isascii() and text.isdecimal():
        days = int(text)
        if days == 0 or SHORTEST_SILENCE <= days <= LONGEST_SILENCE:
            return days
    raise Problem(
        "Name a number of days from {least} to {most}, or 0 for never; “{text}” is neither.",
        field="nudge",
        least=SHORTEST_SILENCE,
        most=LONGEST_SILENCE,
        text=text,
    )
