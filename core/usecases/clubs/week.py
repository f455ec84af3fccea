"""A club's week goes on: kickoff, midweek, wrap-up, each once, whatever process does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.pairing import pairs
from core.domain.clubs.records import Buddy, Club, Entry, Membership, WeekTotals
from core.domain.clubs.weeks import (
    ONE_WEEK,
    Event,
    EventKind,
    events_between,
    has_lapsed,
    next_event,
)
from core.domain.owed import Matter
from core.store import buddies, clubs, memberships, owing
from core.usecases.clubs.weighing import Weighed, as_it_stands, entries_of, totals_of

QUIET_WEEKS = 4
UNANSWERED = 3
"""Pairings in a row without a word, after which nobody is paired any more (M20)."""
REMEMBERED = timedelta(weeks=26)


async def happen(session: AsyncSession, id: int, weighed: Weighed, now: datetime) -> bool:
    """Let the event happen that was weighed, unless another process was first."""
    club = await clubs.locked(session, id)
    if club is None or club.coming != weighed.event:
        return False
    event = weighed.event
    active = [one for one in await memberships.of_club(session, club.id) if not one.alum]
    kept = await memberships.entries(session, club.id, weighed.week)
    weighed = as_it_stands(weighed, active, kept)
    too_late = has_lapsed(club.schedule, event, now)
    if event.kind is EventKind.KICKOFF and club.begun != event.week:
        await _settle(session, club, weighed, active, kept)
        club = await _kickoff(session, club, event, active, now, too_late=too_late)
    if event.kind is not EventKind.KICKOFF:
        await memberships.put_counts(session, entries_of(weighed, active))
    if event.kind is EventKind.MIDWEEK and active and not too_late:
        await _owe_club(session, club, Matter.MIDWEEK, event.week, now)
    if event.kind is EventKind.WRAPUP:
        club = await _wrap_up(session, club, weighed, now, too_late=too_late)
    await clubs.save(session, club.at(following(club, event, now)))
    return True


def following(club: Club, event: Event, now: datetime) -> Event:
    """What comes after an event: what was missed meanwhile, if it is worth telling yet."""
    for missed in events_between(club.schedule, event.at, now):
        if not has_lapsed(club.schedule, missed, now):
            return missed
    return next_event(club.schedule, max(now, event.at))


async def _settle(
    session: AsyncSession,
    club: Club,
    weighed: Weighed,
    active: list[Membership],
    kept: Mapping[int, Entry],
) -> None:
    """The week before is over: what was made after its board counts for it and for streaks.

    That happens once. A week without a board, as when the bot was away, leaves streaks as they are.
    The club's total stays as its board told it where somebody has come or gone since: the
    difference would be what they alone made.
    """
    told = await _told(session, club, weighed.week)
    if told is None or told.settled:
        return
    entries = entries_of(weighed, active)
    await memberships.put_counts(session, entries)
    await memberships.put_streaks(session, {one.membership_id: one.streak for one in entries})
    counted = {id for id, entry in kept.items() if entry.made is not None}
    same = counted == set(weighed.parts) and len(counted) == told.members
    totals = totals_of(weighed) if same else told
    await memberships.put_totals(session, club.id, replace(totals, settled=True))


async def _told(session: AsyncSession, club: Club, week: date) -> WeekTotals | None:
    """What a week came to by its board; None when it had none."""
    known = await memberships.totals(session, club.id, week + ONE_WEEK, 1)
    return known[-1] if known and known[-1].week == week else None


async def _kickoff(
    session: AsyncSession,
    club: Club,
    event: Event,
    active: list[Membership],
    now: datetime,
    *,
    too_late: bool,
) -> Club:
    if active and not too_late:
        await _owe_club(session, club, Matter.KICKOFF, event.week, now)
        if not await buddies.buddies(session, club.id, event.week):  # else it has begun before
            await _pair(session, club, event.week, active, now)
    return replace(club, begun=event.week)


async def _wrap_up(
    session: AsyncSession, club: Club, weighed: Weighed, now: datetime, *, too_late: bool
) -> Club:
    before = await _told(session, club, weighed.week)
    totals = replace(totals_of(weighed), settled=before is not None and before.settled)
    await memberships.put_totals(session, club.id, totals)
    if totals.members and not too_late:
        await _owe_club(session, club, Matter.WRAPUP, weighed.week, now)
    quiet = 0 if totals.made else club.quiet + (before is None)
    asks = quiet >= QUIET_WEEKS and not club.asked
    if asks:
        await _owe_club(session, club, Matter.GO_ON, weighed.week, now)
    return replace(club, quiet=quiet, asked=(club.asked or asks) and quiet > 0)


async def _pair(
    session: AsyncSession, club: Club, week: date, active: list[Membership], now: datetime
) -> None:
    """Put those together who want a buddy; who never answers is asked no more."""
    wanting = await _still_wanting(session, club, week, active, now)
    met = await _met(session, club, week)
    together = pairs([one.id for one in wanting], met, week.toordinal())
    by_id = {one.id: one for one in wanting}
    paired = await buddies.pair(session, club.id, week, together)
    owed = [(by_id[buddy.membership_id], buddy.id) for buddy in paired]
    await _owe(session, club, owed, Matter.BUDDY, now)


async def _still_wanting(
    session: AsyncSession, club: Club, week: date, active: list[Membership], now: datetime
) -> list[Membership]:
    before: dict[int, Buddy] = {
        one.membership_id: one for one in await buddies.buddies(session, club.id, week - ONE_WEEK)
    }
    wanting: list[Membership] = []
    changes: list[Membership] = []
    left_out: list[tuple[Membership, int]] = []
    for one in active:
        if not one.buddy:
            continue
        last = before.get(one.id)
        silent = one.unanswered if last is None else 0 if last.answered else one.unanswered + 1
        out = silent >= UNANSWERED
        changed = replace(one, unanswered=0 if out else silent, buddy=not out)
        if changed != one:
            changes.append(changed)
        if out:
            left_out.append((one, one.id))
        elif one.skips != week:
            wanting.append(changed)
    await memberships.put_wishes(session, changes)
    await _owe(session, club, left_out, Matter.UNPAIRED, now)
    return wanting


async def _met(session: AsyncSession, club: Club, week: date) -> dict[frozenset[int], int]:
    """How many weeks ago any two were together last."""
    groups: dict[tuple[date, int], list[int]] = {}
    for when, number, id in await buddies.met(session, club.id, week - REMEMBERED):
        if when < week:
            groups.setdefault((when, number), []).append(id)
    found: dict[frozenset[int], int] = {}
    for (when, _), ids in sorted(groups.items()):
        ago = (week - when).days // 7
        for n, one in enumerate(ids):
            found |= {frozenset((one, other)): ago for other in ids[n + 1 :] if ago > 0}
    return found


async def _owe_club(
    session: AsyncSession, club: Club, matter: Matter, week: date, now: datetime
) -> None:
    """A message is about one week, whenever it goes out."""
    await owing.owe_club(session, club.id, matter, club.today(now), now, week.toordinal())


async def _owe(
    session: AsyncSession,
    club: Club,
    to: Sequence[tuple[Membership, int]],
    matter: Matter,
    now: datetime,
) -> None:
    """Each with what it is about."""
    rows = [(one.member_id, one.account_id, about) for one, about in to]
    await owing.owe_members(session, rows, matter, club.today(now), now)
