"""What is owed and what got stuck, for whoever runs the bot. Nothing of a member leaves here.

Every look is bounded: it reads at most `MOST` rows and one more, along an index.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.caller import Platform, Room
from core.domain.deliveries import State, key_of
from core.store.tables import STUCK, AccountRow, ClubRow, DeliveryRow, MemberRow

MOST = 10_000
"""As far as anything is counted; one more means "more than that"."""


class Standing(StrEnum):
    """Why somebody should look at a delivery."""

    LATE = "late"
    HELD = "held"
    DEAD = "dead"


@dataclass(frozen=True)
class Owed:
    """What is not finished: how many, and since when the oldest whose turn has come waits.

    `oldest_turn` is when it should have gone out by its pace, `oldest_planned` its digest hour.
    """

    count: int
    oldest_turn: datetime | None
    oldest_planned: datetime | None


@dataclass(frozen=True)
class Listed:
    """A delivery as whoever runs the bot may see it. `reason` is why it isn't there yet."""

    id: int
    platform: Platform
    day: date
    planned_at: datetime
    state: State
    attempts: int
    reason: str
    not_before: datetime | None

    @property
    def key(self) -> str:
        """Its name in the log."""
        return key_of(self.id, self.planned_at)


async def owed(session: AsyncSession, now: datetime, platforms: Collection[Platform]) -> Owed:
    """What waits to be sent on these platforms. A look at the index of what is unfinished."""
    has_come = _turn_has_come(now)
    first = (
        select(
            case((has_come, _turn())).label("turn"),
            case((has_come, DeliveryRow.planned_at)).label("planned"),
        )
        .where(DeliveryRow.not_before.is_not(None), _platform().in_(platforms))
        .order_by(DeliveryRow.not_before, DeliveryRow.id)
        .limit(MOST + 1)
        .subquery()
    )
    query = select(func.count(), func.min(first.c.turn), func.min(first.c.planned))
    count, turn, planned = (await session.execute(query.select_from(first))).one()
    return Owed(count, turn, planned)


async def stuck(session: AsyncSession, platforms: Collection[Platform]) -> tuple[int, int]:
    """Members who wait for something held, and dead deliveries; of the newest that got stuck.

    Somebody waits while their last finished digest is a held one.
    """
    newest = (
        select(DeliveryRow.member_id, DeliveryRow.kind, DeliveryRow.day, DeliveryRow.state)
        .where(STUCK, _platform().in_(platforms))
        .order_by(DeliveryRow.id.desc())
        .limit(MOST + 1)
        .subquery()
    )
    later = aliased(DeliveryRow)
    since = exists().where(
        later.member_id == newest.c.member_id,
        later.kind == newest.c.kind,
        later.day > newest.c.day,
        later.state.in_([State.HELD, State.SENT]),
    )
    query = select(
        func.count().filter(newest.c.state == State.HELD, newest.c.member_id.is_not(None), ~since),
        func.count().filter(newest.c.state == State.DEAD),
    )
    waiting, dead = (await session.execute(query.select_from(newest))).one()
    return waiting, dead


async def listed(
    session: AsyncSession, standing: Standing, now: datetime, limit: int
) -> list[Listed]:
    """Those that are late, the longest waiting first; or held or dead ones, the newest first."""
    query = select(
        DeliveryRow.id,
        _platform().label("platform"),
        DeliveryRow.day,
        DeliveryRow.planned_at,
        DeliveryRow.state,
        DeliveryRow.attempts,
        DeliveryRow.reason,
        DeliveryRow.not_before,
    ).limit(limit)
    if standing is Standing.LATE:
        query = query.where(DeliveryRow.not_before.is_not(None), _turn_has_come(now))
        query = query.order_by(_turn(), DeliveryRow.id)
    else:
        query = query.where(STUCK, DeliveryRow.state == standing).order_by(DeliveryRow.id.desc())
    return [_listed(row) for row in await session.execute(query)]


async def zones(session: AsyncSession) -> list[str]:
    """The time zones that members live in."""
    query = select(MemberRow.zone).where(MemberRow.zone != "").distinct()
    return list(await session.scalars(query))


async def rooms(session: AsyncSession, platform: Platform, limit: int) -> list[Room]:
    """The channels of the clubs that go on, up to `limit`."""
    query = (
        select(ClubRow.workspace, ClubRow.channel, ClubRow.server)
        .where(ClubRow.platform == platform, ClubRow.next_at.is_not(None))
        .order_by(ClubRow.id)
        .limit(limit)
    )
    return [Room(platform, *row) for row in await session.execute(query)]


async def held_because(session: AsyncSession, platform: Platform, reason: str, since: date) -> int:
    """How many messages of that day or later are held for that reason, as far as is counted."""
    found = (
        select(DeliveryRow.id)
        .where(
            STUCK,
            DeliveryRow.state == State.HELD,
            DeliveryRow.day >= since,
            DeliveryRow.reason == reason,
            _platform() == platform,
        )
        .limit(MOST)
        .subquery()
    )
    return await session.scalar(select(func.count()).select_from(found)) or 0


def _turn() -> ColumnElement[datetime | None]:
    """When a delivery should have gone out: a wait after a first attempt doesn't move it."""
    return func.coalesce(DeliveryRow.first_tried_at, DeliveryRow.not_before)


def _turn_has_come(now: datetime) -> ColumnElement[bool]:
    return or_(DeliveryRow.first_tried_at.is_not(None), DeliveryRow.not_before <= now)


def _platform() -> ColumnElement[str]:
    """Looked up for each row, not joined: the order and the bound of the index stay."""
    person = select(AccountRow.platform).where(AccountRow.id == DeliveryRow.account_id)
    club = select(ClubRow.platform).where(ClubRow.id == DeliveryRow.club_id)
    return func.coalesce(person.scalar_subquery(), club.scalar_subquery())


def _listed(row: Row[*tuple[Any, ...]]) -> Listed:
    return Listed(
        id=row.id,
        platform=Platform(row.platform),
        day=row.day,
        planned_at=row.planned_at,
        state=State(row.state),
        attempts=row.attempts,
        reason=row.reason,
        not_before=row.not_before,
    )
