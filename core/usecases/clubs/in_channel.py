"""What a club's channel reads, composed when it goes out, of what is true then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.board import Board, board
from core.domain.clubs.board import Entry as BoardEntry
from core.domain.clubs.effort import Effort
from core.domain.clubs.records import Club, WeekTotals
from core.domain.owed import Matter
from core.pictures.board import board_png
from core.reply import File
from core.store import helping, memberships
from core.store.deliveries import Delivery
from core.usecases.digests import Composed
from core.voice import board as boards
from core.voice.clubs import asking, setup, week

TREND = 8
Telling = Callable[[AsyncSession, Delivery, Club], Awaitable[Composed | None]]
"""The message of a delivery to a club; None when there is no more reason for it."""


async def _welcome(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    del session, delivery
    return Composed(setup.welcome(club)) if club.runs else None


async def _go_on(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    del session, delivery
    return Composed(setup.go_on_question(club)) if club.asked and club.runs else None


async def _kickoff(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    this = date.fromordinal(delivery.about)
    before = await memberships.totals(session, club.id, this, 1)
    last = Effort(before[-1].due, before[-1].made) if before else None
    return Composed(week.kickoff(club, this, last)) if club.runs else None


async def _midweek(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    this = date.fromordinal(delivery.about)
    entries = await memberships.entries(session, club.id, this)
    so_far = sum((Effort(e.due or 0, e.made or 0) for e in entries.values()), Effort())
    return Composed(week.midweek(club, so_far)) if club.runs else None


async def _wrap_up(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    found = await board_of(session, club, date.fromordinal(delivery.about))
    if not found.members:
        return None
    message = boards.board_message(found, club.name)
    if found.quiet:
        return Composed(message)
    return Composed(message, making=partial(_picture, found, club.name))


def _picture(found: Board, name: str) -> tuple[File, ...]:
    content = board_png(found, name)
    return (File(f"board-{found.week}.png", "image/png", content, boards.in_words(found, name)),)


async def _post(session: AsyncSession, delivery: Delivery, club: Club) -> Composed | None:
    post = await helping.post_by_id(session, delivery.about)
    if post is None or post.club_id != club.id or post.closed or not club.runs:
        return None
    if delivery.kind == Matter.ASK:
        return Composed(asking.ask_post(post.organization, post.name, post.id))
    return Composed(asking.win_post(post.text, post.name))


async def board_of(session: AsyncSession, club: Club, first: date) -> Board:
    """The board of a week, of those who are in the club now."""
    entries = await memberships.entries(session, club.id, first)
    joined = {one.id: one for one in await memberships.of_club(session, club.id)}
    rows = [
        BoardEntry(
            name=joined[id].name,
            sharing=joined[id].sharing,
            goal=entry.goal,
            made=entry.made or 0,
            due=entry.due or 0,
            streak=entry.streak,
        )
        for id, entry in entries.items()
        if entry.made is not None and not joined[id].alum
    ]
    past = await memberships.totals(session, club.id, first, TREND)
    return board(first, rows, _trend(first, past))


def _trend(first: date, past: Sequence[WeekTotals]) -> list[Effort | None]:
    """The weeks before, oldest first; None for one without a board."""
    known = {one.week: Effort(one.due, one.made) for one in past}
    weeks = [first - timedelta(weeks=n) for n in range(TREND, 0, -1)]
    return [known.get(one) for one in weeks]


TELLINGS: dict[Matter, Telling] = {
    Matter.WELCOME: _welcome,
    Matter.KICKOFF: _kickoff,
    Matter.MIDWEEK: _midweek,
    Matter.WRAPUP: _wrap_up,
    Matter.GO_ON: _go_on,
    Matter.ASK: _post,
    Matter.WIN: _post,
}
