"""Deliveries as they are kept: found again, released, forgotten. See `claiming`, `finishing`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform, Room
from core.domain.deliveries import (
    State,
    key_of,
)
from core.domain.owed import Matter
from core.store import lanes
from core.store.bulk import update_each
from core.store.tables import AccountRow, ClubRow, DeliveryRow

LEASE = timedelta(seconds=90)
UNSURE = "nobody can say whether it arrived"
DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[assignment] # a Table, as declared
_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_CLUBS: Table = ClubRow.__table__  # type: ignore[assignment] # a Table, as declared
_D, _A, _C = DELIVERIES.c, _ACCOUNTS.c, _CLUBS.c


@dataclass(frozen=True)
class Delivery:
    """One message that the bot owes: to a member, or to a club's channel.

    `member_id` and `account_id` are 0 for a club, `club_id` is 0 for a member. `about` is the id of
    what it tells, where its `kind` has one; `rows` are the follow-ups that a digest lists.
    """

    id: int
    member_id: int
    to: Account | Room
    account_id: int
    club_id: int
    channel: str
    kind: str
    about: int
    day: date
    planned_at: datetime
    rows: list[int]
    state: State
    attempts: int
    first_tried_at: datetime | None
    reason: str = ""
    late: bool = False

    @property
    def key(self) -> str:
        """Its own name on a platform."""
        return key_of(self.id, self.planned_at)

    @property
    def lane(self) -> str:
        """What it is paced with."""
        return lanes.lane_of(self.to.platform, self.to.workspace, self.channel)


PLATFORM = func.coalesce(_A.platform, _C.platform)
"""Where a delivery goes to, of those that are `selected`."""


async def any_owed(session: AsyncSession, now: datetime) -> bool:
    """Whether some delivery waits to be claimed: one look at an index."""
    return await session.scalar(select(_D.id).where(_D.not_before <= now).limit(1)) is not None


async def next_turn(session: AsyncSession, after: datetime) -> datetime | None:
    """When the next delivery may be claimed of those that could not be then, or None."""
    query = select(func.min(DeliveryRow.not_before)).where(DeliveryRow.not_before > after)
    return await session.scalar(query)


async def set_rows(
    session: AsyncSession, rows: Mapping[int, list[int]], late: Iterable[int]
) -> None:
    """Keep which follow-ups each digest lists, and which digests say that they are late."""
    tardy = set(late)
    values = [{"id": id, "rows": listed, "late": id in tardy} for id, listed in rows.items()]
    await update_each(session, DELIVERIES, values, "id")


async def one_of(session: AsyncSession, member_id: int, id: int) -> Delivery | None:
    """One of the member's deliveries; None for anybody else's."""
    row = (await session.execute(selected().where(_D.member_id == member_id, _D.id == id))).first()
    return delivery_from(row) if row else None


async def in_doubt_before(
    session: AsyncSession, wanted: Mapping[int, date], kind: str, since: date
) -> set[int]:
    """The members whose digest before that day nobody can say has arrived.

    `wanted` has a day for each member; only deliveries from `since` on are looked at.
    """
    query = (
        select(_D.member_id, _D.day, _D.state, _D.reason)
        .where(_D.member_id.in_(wanted), _D.kind == kind, _D.day >= since)
        .order_by(_D.day)
    )
    last: dict[int, bool] = {}
    for member_id, day, state, reason in await session.execute(query):
        if day < wanted[member_id]:
            last[member_id] = state == State.SENDING or (state == State.DEAD and reason == UNSURE)
    return {member_id for member_id, doubtful in last.items() if doubtful}


async def release_held(session: AsyncSession, member_id: int, now: datetime) -> Delivery | None:
    """The newest held digest of a member who is speaking to us; all held ones are done with.

    What is held of another kind is tried again: nothing else says it.
    """
    query = (
        selected().where(_D.member_id == member_id, _D.state == State.HELD).order_by(_D.id.desc())
    )
    held = [delivery_from(row) for row in await session.execute(query)]
    mornings = [delivery for delivery in held if delivery.kind == Matter.DIGEST]
    others = [delivery.id for delivery in held if delivery.kind != Matter.DIGEST]
    if others:
        again = update(DELIVERIES).where(_D.id.in_(others))
        await session.execute(again.values(state=State.QUEUED, not_before=now))
    if not mornings:
        return None
    await session.execute(
        update(DELIVERIES)
        .where(_D.id.in_([delivery.id for delivery in mornings]))
        .values(state=State.SENT, finished_at=now)
    )
    return mornings[0]


async def release_club(session: AsyncSession, club_id: int, now: datetime) -> None:
    """What was held for a club's channel is tried again."""
    held = _D.club_id == club_id, _D.state == State.HELD
    again = update(DELIVERIES).where(*held)
    await session.execute(again.values(state=State.QUEUED, not_before=now))


async def not_yet_told(
    session: AsyncSession, club_id: int, matters: Collection[Matter]
) -> list[int]:
    """What a club's channel is owed of these kinds, each as the id of what it is about."""
    query = select(_D.about).where(
        _D.club_id == club_id,
        _D.kind.in_(matters),
        _D.state.in_((State.QUEUED, State.SENDING, State.HELD)),
    )
    return list(await session.scalars(query))


async def sweep(session: AsyncSession, before: date, limit: int) -> int:
    """Forget up to `limit` of the oldest deliveries, if they are finished and of before that day.

    Ids grow with time, so no index on the day is needed.
    """
    oldest = (
        await session.execute(select(_D.id, _D.day, _D.not_before).order_by(_D.id).limit(limit))
    ).all()
    gone = [id for id, day, not_before in oldest if day < before and not_before is None]
    if gone:
        await session.execute(delete(DELIVERIES).where(_D.id.in_(gone)))
    return len(gone)


def selected() -> Select[*tuple[Any, ...]]:
    """Deliveries with where they go. A club is outside of the join's lock: it is only looked at."""
    return (
        select(
            _D.id,
            _D.member_id,
            _A.platform,
            _A.workspace,
            _A.user,
            _A.id,
            _A.channel,
            _D.kind,
            _D.about,
            _D.day,
            _D.planned_at,
            _D.rows,
            _D.state,
            _D.attempts,
            _D.first_tried_at,
            _D.reason,
            _D.late,
            _D.club_id,
            _C.platform,
            _C.workspace,
            _C.channel,
            _C.server,
        )
        .join_from(DELIVERIES, _ACCOUNTS, _D.account_id == _A.id, isouter=True)
        .join(_CLUBS, _D.club_id == _C.id, isouter=True)
    )


def delivery_from(row: Row[*tuple[Any, ...]]) -> Delivery:
    """The record of a selected row.

    Unpacked at once, for by name it takes thrice as long; and a morning has very many.
    """
    id, member, platform, workspace, user, account_id, channel, *rest = row
    *common, club_id, club_platform, club_workspace, club_channel, server = rest
    kind, about, day, hour, rows, state, *last = common
    to: Account | Room
    if club_id is None:
        to = Account(Platform(platform), workspace, user)
    else:
        to = Room(Platform(club_platform), club_workspace, club_channel, server)
        member = account_id = 0
        channel = club_channel
    return Delivery(
        id,
        member,
        to,
        account_id,
        club_id or 0,
        channel,
        kind,
        about,
        day,
        hour,
        rows,
        State(state),
        *last,
    )
