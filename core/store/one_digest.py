"""One digest a day of a member who was two, and of each when they are two again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.deliveries import State
from core.domain.owed import Matter
from core.store.bulk import update_each
from core.store.deliveries import DELIVERIES

_D = DELIVERIES.c
_SPENT = (State.SENDING, State.SENT)


async def one_digest(
    session: AsyncSession,
    both: tuple[int, int],
    digest_to: int,
    now: datetime,
) -> None:
    """Of the digests that wait for their turn one goes out at most, and none after one went."""
    query = select(_D.id, _D.account_id, _D.state, _D.day).where(
        _D.member_id.in_(both), _D.kind == Matter.DIGEST, _D.not_before.is_not(None)
    )
    rows = (await session.execute(query.order_by(_D.id))).all()
    waiting = [row for row in rows if row.state == State.QUEUED]
    on_its_way = len(rows) > len(waiting)
    sent = select(func.max(_D.day)).where(
        _D.member_id.in_(both), _D.kind == Matter.DIGEST, _D.state.in_(_SPENT)
    )
    last = await session.scalar(sent)
    newest = max((row.day for row in waiting), default=None)
    spare = on_its_way or (last is not None and newest is not None and last >= newest)
    chosen = sorted(waiting, key=lambda row: (row.account_id != digest_to, row.id))
    dropped = chosen if spare else chosen[1:]
    if dropped:
        end = {"state": State.DROPPED, "not_before": None, "finished_at": now}
        ids = [row.id for row in dropped]
        await session.execute(update(DELIVERIES).where(_D.id.in_(ids)).values(end))
    if chosen and not spare:
        here = update(DELIVERIES).where(_D.id == chosen[0].id)
        await session.execute(here.values(account_id=digest_to))


async def apart(session: AsyncSession, stays: int, goes: int) -> None:
    """What both were sent on one day stays two messages: the one that comes is of a kind of its
    own, told by its negative id.
    """
    theirs, ours = DELIVERIES.alias("theirs"), DELIVERIES.alias("ours")
    alike = (
        (theirs.c.kind == ours.c.kind)
        & (theirs.c.day == ours.c.day)
        & (theirs.c.about == ours.c.about)
    )
    query = select(theirs.c.id).join(ours, alike)
    query = query.where(theirs.c.member_id == goes, ours.c.member_id == stays)
    rows = [{"id": id, "about": -id} for id in await session.scalars(query)]
    await update_each(session, DELIVERIES, rows, "id")


async def as_before(session: AsyncSession, owners: tuple[int, int]) -> None:
    """After parting a digest is of its day again, where its member has no other of that day."""
    for owner in owners:
        taken = select(_D.day).where(_D.member_id == owner, _D.kind == Matter.DIGEST, _D.about == 0)
        days = set(await session.scalars(taken))
        apart = select(_D.id, _D.day).where(
            _D.member_id == owner, _D.kind == Matter.DIGEST, _D.about < 0
        )
        for id, day in (await session.execute(apart.order_by(_D.id))).all():
            if day not in days:
                days.add(day)
                await session.execute(update(DELIVERIES).where(_D.id == id).values(about=0))
