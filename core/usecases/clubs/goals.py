"""Goals: how many pings a member wants to make in the club's week."""

from __future__ import annotations

from datetime import date

from core.domain.clubs.effort import Effort, coming, effort, suggested_goals
from core.domain.clubs.records import Club, deadline
from core.domain.clubs.weeks import EventKind, week_of
from core.domain.records import Member
from core.problem import Problem
from core.reply import Reply
from core.requests.clubs import ClubGoal
from core.store import followups, memberships, touches
from core.usecases.clubs.finding import STOPPED, joined
from core.usecases.work import Work
from core.voice.clubs import goals as voice

HIGHEST = 50


async def goal(work: Work, request: ClubGoal) -> Reply:
    """Offer goals that suit what is due, or keep the one that was picked."""
    club, mine = await joined(work, request)
    if mine.alum:
        raise Problem(
            "You stay in {club} to help, so there is no goal for you. To search again: "
            "`/followup club join`.",
            club=club.name,
        )
    if not club.runs:
        raise Problem(STOPPED, club=club.name)
    week = current_week(club, work.today)
    entry = await memberships.entry(work.session, mine.id, week)
    if not request.pings:
        due = await due_by_deadline(work, club, week)
        done = await effort_of(work, work.member, club, week)
        return Reply(
            voice.offered(club, week, entry.goal, due, done, _suggested(work, club, week, due))
        )
    picked = _number(request.pings)
    await memberships.put_goal(work.session, mine.id, week, picked)
    done = await effort_of(work, work.member, club, week)
    return Reply(voice.picked(club, week, picked, done, work.today), replace=True)


def current_week(club: Club, today: date) -> date:
    """The week that goals are for now: after the wrap-up, the next one."""
    if club.coming is not None and club.coming.kind is EventKind.KICKOFF:
        return max(club.coming.week, week_of(today, club.week_start))
    return club.coming.week if club.coming else week_of(today, club.week_start)


async def due_by_deadline(work: Work, club: Club, week: date) -> int:
    """How many of the member's pings are due or fall due before the week's board."""
    everything = await followups.all_of(work.session, work.member.id)
    return coming([one.position for one in everything], deadline(club, week))


async def effort_of(work: Work, member: Member, club: Club, week: date) -> Effort:
    """What the member has made so far of what was due in that week."""
    everything = await followups.all_of(work.session, member.id)
    histories = await touches.histories(work.session, [one.id for one in everything])
    with_calendars = [(histories[one.id], member.calendar_with(one.contact)) for one in everything]
    last = deadline(club, week)
    return effort(with_calendars, member.rules, week, last, work.today)


def _suggested(work: Work, club: Club, week: date, due: int) -> tuple[int, ...]:
    last = deadline(club, week)
    start = max(week, work.today)
    days = [date.fromordinal(n) for n in range(start.toordinal(), last.toordinal() + 1)]
    working = sum(work.member.calendar.is_working(day) for day in days)
    return suggested_goals(due, max(working, 1))


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= HIGHEST:
        return int(text)
    raise Problem(
        "A goal is a number of pings from 1 to {most}; “{text}” is not.",
        field="pings",
        most=HIGHEST,
        text=text,
    )
