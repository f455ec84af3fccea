"""What packing makes of claimed deliveries: parcels to carry, and what becomes of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.deliveries import Parcel, State
from core.domain.hours import DEFAULT_ZONE, local_day, zone_of
from core.domain.owed import is_over
from core.domain.records import Member
from core.store.deliveries import Delivery
from core.usecases.digests import Composed


@dataclass
class Packed:
    """Some deliveries, packed.

    - `gone`: those of which nothing is due any more.
    - `rows`: the follow-ups that each lists, by its id; `first_time` those never packed before,
      `late` those that say so.
    - `broken`: those that could not be composed, and why.
    """

    parcels: list[Parcel] = field(default_factory=list)
    gone: list[Delivery] = field(default_factory=list)
    rows: dict[int, list[int]] = field(default_factory=dict)
    first_time: list[int] = field(default_factory=list)
    late: set[int] = field(default_factory=set)
    broken: list[tuple[Delivery, str]] = field(default_factory=list)


def joined(parts: Sequence[Packed]) -> Packed:
    """All of them as one."""
    whole = Packed()
    for part in parts:
        whole.parcels += part.parcels
        whole.gone += part.gone
        whole.rows |= part.rows
        whole.first_time += part.first_time
        whole.late |= part.late
        whole.broken += part.broken
    return whole


async def parcel_of(
    delivery: Delivery, composed: Composed, member: Member | None, now: datetime
) -> Parcel:
    """A claimed delivery with its message, its pictures drawn: nothing else waits for that.

    `member` is None for a club's channel.
    """
    files = await asyncio.to_thread(composed.making) if composed.making else ()
    zone = member.tz if member else zone_of(DEFAULT_ZONE)
    return Parcel(
        id=delivery.id,
        key=delivery.key,
        to=delivery.to,
        account_id=delivery.account_id,
        channel=delivery.channel,
        message=composed.message,
        doubtful_since=delivery.first_tried_at if delivery.state is State.SENDING else None,
        attempt=delivery.attempts + 1,
        lane=delivery.lane,
        planned_at=delivery.planned_at,
        over=is_over(delivery.kind, delivery.day, local_day(now, zone)),
        files=files,
    )
