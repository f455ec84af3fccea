"""The mailroom: what the bot owes. Plans digests, hands out parcels, writes down the outcomes.

The courier (in `bot`) carries parcels to the platforms; nothing here waits for a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.domain.deliveries import Dead, Delivered, Outcome, Parcel, State
from core.domain.hours import is_late
from core.reply import Message
from core.store import changes, deliveries, followups, planning
from core.store.database import Store
from core.store.deliveries import Delivery
from core.usecases import digests

BATCH = 200
ARRIVALS_KEPT = timedelta(hours=1)
KEPT_KEPT = timedelta(days=2)


class Mailroom:
    """Deliveries from planned to finished. Every method is one short transaction a batch."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def plan(self) -> int:
        """Write a delivery for every member whose digest hour has come; how many members."""
        async with self._store.reading() as session:
            if not await planning.any_planned(session, self._now()):
                return 0  # an idle tick takes no write lock
        planned = 0
        while True:
            async with self._store.writing() as session:
                batch = await planning.plan(session, self._now(), BATCH)
            planned += batch
            if batch < BATCH:
                return planned

    async def next_digest_at(self) -> datetime | None:
        """The earliest digest hour of all members; None when nothing will be due."""
        async with self._store.reading() as session:
            return await planning.next_planned(session)

    async def claim(self, platforms: Sequence[Platform], limit: int = BATCH) -> list[Parcel]:
        """Up to `limit` parcels to send now, each under a lease of its own.

        What is no longer due is dropped: its member was faster than the clock.
        """
        now = self._now()
        async with self._store.reading() as session:
            if not await deliveries.any_owed(session, now):
                return []
        async with self._store.writing() as session:
            claimed = await deliveries.claim(session, now, platforms, limit)
            return await self._packed(session, claimed, now)

    async def finish(self, results: Sequence[tuple[Parcel, Outcome]]) -> None:
        """Write down what the platforms answered, and the conversations they answered from."""
        channels = {
            parcel.account_id: outcome.channel
            for parcel, outcome in results
            if isinstance(outcome, Delivered) and outcome.channel != parcel.channel
        }
        async with self._store.writing() as session:
            outcomes = [
                (parcel.id, outcome, parcel.doubtful_since is not None)
                for parcel, outcome in results
            ]
            await deliveries.finish(session, outcomes, self._now())
            await deliveries.keep_channels(session, channels)

    async def tidy(self) -> None:
        """Forget interactions and kept requests that are too old to matter."""
        now = self._now()
        async with self._store.writing() as session:
            await changes.sweep(session, now - ARRIVALS_KEPT, now - KEPT_KEPT)

    async def _packed(
        self, session: AsyncSession, claimed: list[Delivery], now: datetime
    ) -> list[Parcel]:
        parcels: list[Parcel] = []
        rows: dict[int, list[int]] = {}
        late = {d.id for d in claimed if is_late(d.planned_at, now)}
        for delivery in claimed:
            composed = await digests.compose(session, delivery, late=delivery.id in late)
            if composed is None:
                gone: Outcome = Dead("nothing was due any more")
                await deliveries.finish(session, [(delivery.id, gone, False)], now)
                continue
            parcels.append(_parcel(delivery, composed.message))
            rows[delivery.id] = composed.listed
        await deliveries.set_rows(session, rows, late & rows.keys())
        first_time = [d.id for d in claimed if d.id in rows and not d.rows]
        await followups.shown_once_more(session, [f for id in first_time for f in rows[id]])
        return parcels


def _parcel(delivery: Delivery, message: Message) -> Parcel:
    doubtful = delivery.first_tried_at if delivery.state is State.SENDING else None
    return Parcel(
        delivery.id,
        delivery.key,
        delivery.account,
        delivery.account_id,
        delivery.channel,
        message,
        doubtful,
    )
