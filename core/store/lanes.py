"""Lanes: what a platform limits together, paced over all processes; see `core.domain.pacing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Platform, Room
from core.domain.deliveries import Reach
from core.domain.pacing import Manners, Pace, held_until, let_through, turns
from core.store.bulk import insert_or_leave, update_each
from core.store.tables import LaneRow

FIRST = ":first"
_LANES: Table = LaneRow.__table__  # type: ignore[assignment] # a Table, as declared


@dataclass(frozen=True)
class Gate:
    """How many of a lane may go now, and when each of the others should ask again."""

    granted: int
    again: list[datetime]


def lane_of(platform: Platform, workspace: str, channel: str) -> str:
    """The lane of a message into that conversation: first messages have one of their own."""
    return f"{platform}:{workspace}{'' if channel else FIRST}"


def reached(to: Account | Room, lane: str, reach: Reach) -> list[str]:
    """The lanes that a platform's "not now" holds back."""
    if reach is Reach.WORKSPACE:
        return [lane_of(to.platform, to.workspace, channel) for channel in ("known", "")]
    return [lane] if reach is Reach.LANE else []


def pace_of(manners: Mapping[Platform, Manners], lane: str) -> Pace | None:
    """The pace of a lane; None where nothing is limited."""
    found = manners.get(Platform(lane.split(":")[0]))
    if found is None:
        return None
    return found.first if lane.endswith(FIRST) else found.pace


async def queue_up(
    session: AsyncSession, wanted: Mapping[str, int], paces: Mapping[str, Pace], now: datetime
) -> dict[str, list[datetime]]:
    """When so many more of each lane have their turn; the lanes are locked until the commit."""
    found: dict[str, list[datetime]] = {}

    def change(name: str, row: _Lane) -> dict[str, Any]:
        found[name], queue_at = turns(paces[name], row.queue_at, now, wanted[name])
        return {"queue_at": queue_at}

    await _change(session, wanted, change)
    return found


async def pass_gate(
    session: AsyncSession, wanted: Mapping[str, int], paces: Mapping[str, Pace], now: datetime
) -> dict[str, Gate]:
    """How many of each lane may be sent now; the lanes are locked until the commit."""
    found: dict[str, Gate] = {}

    def change(name: str, row: _Lane) -> dict[str, Any]:
        pace = paces[name]
        granted, free_at = let_through(pace, row.free_at, now, wanted[name])
        again, _ = turns(pace, free_at, now, wanted[name] - granted)
        found[name] = Gate(granted, again)
        return {"free_at": free_at}

    await _change(session, wanted, change)
    return found


async def count(
    session: AsyncSession, name: str, pace: Pace, now: datetime, happened: int
) -> datetime:
    """Count what is not to happen faster than `pace`; until when to be quiet, `now` for not."""
    end = now

    def change(_: str, row: _Lane) -> dict[str, Any]:
        nonlocal end
        free_at = max(row.free_at or now, now) + happened * pace.interval
        end = max(now, free_at - pace.slack)
        return {"free_at": free_at}

    await _change(session, {name: None}, change)
    return end


async def hold(
    session: AsyncSession, until: Mapping[str, datetime], paces: Mapping[str, Pace]
) -> None:
    """Let nothing of these lanes go before an instant."""

    def change(name: str, row: _Lane) -> dict[str, Any]:
        return {"free_at": held_until(paces[name], row.free_at, until[name])}

    await _change(session, until, change)


@dataclass(frozen=True)
class _Lane:
    free_at: datetime | None
    queue_at: datetime | None


async def _change(
    session: AsyncSession,
    names: Mapping[str, object],
    change: Callable[[str, _Lane], dict[str, Any]],
) -> None:
    """Lock the lanes in one order, so that no two processes wait for each other; write them."""
    if not names:
        return
    wanted = sorted(names)
    await insert_or_leave(session, _LANES, [{"name": name} for name in wanted])
    query = select(_LANES.c.name, _LANES.c.free_at, _LANES.c.queue_at).where(
        _LANES.c.name.in_(wanted)
    )
    rows = (await session.execute(query.order_by(_LANES.c.name).with_for_update())).all()
    lanes = {name: _Lane(free_at, queue_at) for name, free_at, queue_at in rows}
    changed = [
        {"name": name, "free_at": row.free_at, "queue_at": row.queue_at, **change(name, row)}
        for name, row in lanes.items()
    ]
    await update_each(session, _LANES, changed, "name")
