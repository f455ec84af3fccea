"""How things stand in a club, for a member, for who looks after it, and for a stranger."""

from __future__ import annotations

from core.domain.clubs.introductions import State
from core.problem import Problem
from core.reply import Reply
from core.requests.clubs import Club
from core.requests.helping import CloseAsk
from core.store import clubs, helping, memberships
from core.usecases.clubs.departing import decline_offers
from core.usecases.clubs.finding import NOT_THERE, Here, active, here
from core.usecases.clubs.goals import current_week, due_by_deadline, effort_of
from core.usecases.work import Work
from core.voice.clubs import showing as voice
from core.voice.clubs.showing import Ongoing, ThisWeek


async def show(work: Work, request: Club) -> Reply:
    """The club that is meant; in a channel without one, how to begin."""
    room = work.caller.room
    here_is_none = room is not None and await clubs.club_at(work.session, room) is None
    if not request.club and here_is_none:
        standing = work.caller.standing
        manages = standing is not None and bool(standing.manages)
        elsewhere = [club for club, _ in await active(work)]
        return Reply(voice.nothing_here(elsewhere, manages=manages))
    found = await here(work, request)
    return Reply(
        voice.club_message(
            found.club,
            found.membership,
            await _week(work, found),
            await _ongoing(work, found),
            work.now,
            organizes=found.organizes,
        )
    )


async def close_ask(work: Work, request: CloseAsk) -> Reply:
    """The member's own ask is over: nobody can answer it any more."""
    post = await helping.post_by_id(work.session, request.post)
    if post is None or post.member_id != work.member.id:
        raise Problem(NOT_THERE)
    await helping.close_post(work.session, post.id)
    await decline_offers(work.session, [post.id], work.now)
    return Reply(voice.ask_closed(post))


async def _week(work: Work, found: Here) -> ThisWeek | None:
    """The member's own week there."""
    mine = found.membership
    if mine is None or mine.alum or not found.club.runs:
        return None
    week = current_week(found.club, work.today)
    entry = await memberships.entry(work.session, mine.id, week)
    done = await effort_of(work, work.member, found.club, week)
    due = await due_by_deadline(work, found.club, week)
    ahead = week > found.club.today(work.now)
    return ThisWeek(ahead, entry.goal, done.made, due, mine.streak)


async def _ongoing(work: Work, found: Here) -> Ongoing:
    """What waits for an answer: asks that are open, and offers."""
    asks = await helping.open_asks(work.session, work.member.id, found.club.id)
    turns = []
    for offered, post in await helping.offers_of(work.session, work.member.id):
        if post.club_id != found.club.id:
            continue
        mine = post.member_id == work.member.id
        if mine and offered.state is State.OFFERED:
            turns.append((offered.id, post, True))
        if not mine and offered.state is State.ACCEPTED:
            turns.append((offered.id, post, False))
    return Ongoing(tuple(asks), tuple(turns))
