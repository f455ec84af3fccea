"""The mailroom: what the bot owes. Plans digests, hands out parcels, writes down the outcomes.

The courier (in `bot`) carries parcels to the platforms; nothing here waits for a network.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Platform
from core.club_weeks import ClubWeeks
from core.domain.deliveries import Later, Outcome, Parcel, Reach
from core.domain.hours import is_late
from core.domain.owed import Matter
from core.domain.pacing import Manners, Pace
from core.packing import Packed, joined, parcel_of
from core.precedence import Precedence
from core.store import (
    changes,
    claiming,
    clubs,
    deliveries,
    finishing,
    followups,
    lanes,
    linking,
    members,
    planning,
)
from core.store.database import DATABASE_ERRORS, Store
from core.store.deliveries import LEASE, Delivery
from core.trouble import kind_and_place
from core.usecases import composing
from core.usecases.clubs import rooms

log = logging.getLogger(__name__)

BATCH, SMALL_BATCH = 1000, 100
BRIEFLY = 0.05
"""Seconds that a step of a transaction waits for people at most."""
"""Members or deliveries in one transaction; on SQLite nobody else writes meanwhile."""
SWEEP = 1000
ARRIVALS_KEPT = timedelta(hours=1)
KEPT_KEPT = timedelta(days=2)
DELIVERIES_KEPT = timedelta(days=100)
LONGEST_BREAK = timedelta(days=7)
"""Between a digest in doubt and the next one, which says so."""


class Mailroom:
    """Deliveries from planned to finished. Every method is a few short transactions a batch."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        manners: Mapping[Platform, Manners] | None = None,
        lease: timedelta = LEASE,
        precedence: Precedence | None = None,
    ) -> None:
        """`manners` of the platforms that have limits; `lease` is how long a claim lasts.

        `precedence` is shared with the desk, whose people go first.
        """
        self._store = store
        self._now = now
        self._manners = manners or {}
        self._lease = lease
        self._precedence = precedence or Precedence()
        self._club_weeks = ClubWeeks(store, now, self._precedence)

    def pace_of(self, lane: str) -> Pace | None:
        """How fast the parcels of a lane may leave; None where nothing is limited."""
        return lanes.pace_of(self._manners, lane)

    async def plan(self, some_planned: Callable[[], None] = lambda: None) -> int:
        """Write a delivery for every member whose digest hour has come; how many members.

        `some_planned` is called after each batch: there may be very many, and those need not wait.
        """
        async with self._store.reading() as session:
            if not await planning.any_planned(session, self._now()):
                return 0  # an idle tick takes no write lock
        planned = 0
        while True:
            limit = SMALL_BATCH if self._precedence.is_lively else BATCH
            async with self._writing() as session:
                batch = await planning.plan(session, self._now(), limit, self._manners, self._pause)
            planned += batch
            some_planned()
            if batch < limit:
                return planned

    async def plan_clubs(self) -> int:
        """Let the weeks of some clubs go on whose next event has come; how many events."""
        return await self._club_weeks.go_on()

    async def next_planned_at(self) -> datetime | None:
        """The earliest digest hour or event of a club; None when nothing will be due."""
        async with self._store.reading() as session:
            found = [await planning.next_planned(session), await clubs.next_coming(session)]
        return min((one for one in found if one is not None), default=None)

    async def next_turn(self, after: datetime) -> datetime | None:
        """When the next delivery may be claimed of those that could not be then, or None."""
        async with self._store.reading() as session:
            return await deliveries.next_turn(session, after)

    async def claim(self, platforms: Sequence[Platform], limit: int = BATCH) -> list[Delivery]:
        """Up to `limit` deliveries to send now, under a lease, as far as their lanes allow.

        Those whose lease ran out are among them: their owner died.
        """
        now = self._now()
        async with self._store.reading() as session:
            if not await deliveries.any_owed(session, now):
                return []
        while True:
            async with self._writing() as session:
                claimed = await claiming.claim(
                    session,
                    now,
                    platforms,
                    limit,
                    self._manners,
                    self._lease,
                )
            if claimed.deliveries or not claimed.postponed:
                return claimed.deliveries

    async def pack(self, claimed: Sequence[Delivery]) -> list[Parcel]:
        """The parcels of claimed deliveries: messages composed now, of what is due now.

        What is no longer due is dropped: its member was faster than the clock.
        """
        if not claimed:
            return []
        now = self._now()
        async with self._store.reading() as session:
            packed = await self._packed(session, claimed, now)
        async with self._writing() as session:
            await finishing.drop(session, packed.gone, now)
            for delivery, reason in packed.broken:
                await finishing.set_aside(session, [delivery], reason, now)
            await deliveries.set_rows(session, packed.rows, packed.late)
            shown = [f for id in packed.first_time for f in packed.rows[id]]
            await followups.shown_once_more(session, shown)
        return packed.parcels

    async def _packed(
        self, session: AsyncSession, claimed: Sequence[Delivery], now: datetime
    ) -> Packed:
        """Packed together; where that fails one by one, so that one fault holds up no other."""
        try:
            return await self._packed_together(session, claimed, now)
        except DATABASE_ERRORS:
            raise
        except Exception as error:
            if len(claimed) > 1:
                return joined([await self._packed(session, [one], now) for one in claimed])
            log.error("delivery %s can't be composed: %s", claimed[0].key, kind_and_place(error))
            return Packed(broken=[(claimed[0], f"it can't be composed ({type(error).__name__})")])

    async def _packed_together(
        self, session: AsyncSession, claimed: Sequence[Delivery], now: datetime
    ) -> Packed:
        known = await members.some_members(session, {d.member_id for d in claimed})
        owed = [d for d in claimed if d.club_id or d.member_id in known]
        late = {d.id for d in owed if is_late(d.planned_at, now)}
        unsure = await self._in_doubt_before(session, owed)
        composed = await composing.compose(
            session, owed, known, late, unsure, self._precedence.give_way, now
        )
        return Packed(
            parcels=[
                await parcel_of(d, composed[d.id], known.get(d.member_id), now)
                for d in owed
                if d.id in composed
            ],
            gone=[delivery for delivery in owed if delivery.id not in composed],
            rows={id: one.listed for id, one in composed.items()},
            first_time=[d.id for d in owed if d.id in composed and not d.rows],
            late=late,
        )

    async def finish(self, results: Sequence[tuple[Parcel, Outcome]]) -> None:
        """Write down what the platforms answered, and what that says of accounts and lanes."""
        now = self._now()
        async with self._writing() as session:
            await finishing.finish(session, results, now)
            await finishing.keep_accounts(session, results, now)
            await rooms.keep_rooms(session, results, now)
            await self._hold_lanes(session, results, now)

    async def tidy(self) -> None:
        """Forget interactions, kept requests and deliveries that are too old to matter."""
        now = self._now()
        async with self._store.writing() as session:
            await changes.sweep(session, now - ARRIVALS_KEPT, now - KEPT_KEPT)
            await linking.sweep(session, now)
            await deliveries.sweep(session, (now - DELIVERIES_KEPT).date(), SWEEP)

    def _writing(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._precedence.writing_behind(self._store)

    async def _pause(self) -> None:
        """Within a transaction: the rows that it has locked are somebody's, so not for long. On
        SQLite it has locked everything, and whoever waits would wait for it.
        """
        await self._precedence.give_way(0.0 if self._store.is_sqlite else BRIEFLY)

    async def _in_doubt_before(self, session: AsyncSession, owed: Sequence[Delivery]) -> set[int]:
        days: dict[int, date] = {d.member_id: d.day for d in owed if d.kind == Matter.DIGEST}
        if not days:
            return set()
        since = min(days.values()) - LONGEST_BREAK
        return await deliveries.in_doubt_before(session, days, Matter.DIGEST, since)

    async def _hold_lanes(
        self, session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
    ) -> None:
        """Hold back what a platform's "not now" reaches, and all of it after many refusals."""
        until: dict[str, datetime] = {}
        refused: dict[Platform, int] = {}
        for parcel, outcome in results:
            platform = parcel.to.platform
            refused[platform] = refused.get(platform, 0) + outcome.refused
            if isinstance(outcome, Later):
                end = now + timedelta(seconds=outcome.seconds)
                for lane in lanes.reached(parcel.to, parcel.lane, outcome.reach):
                    until[lane] = max(until.get(lane, end), end)
        for platform, times in refused.items():
            found = self._manners.get(platform)
            if times and found is not None and found.refusals is not None:
                end = await lanes.count(session, f"{platform}:refusals", found.refusals, now, times)
                accounts = [p.to for p, _ in results if p.to.platform == platform]
                for account in accounts if end > now else ():
                    for lane in lanes.reached(account, "", Reach.WORKSPACE):
                        until[lane] = max(until.get(lane, end), end)
        paces = {lane: pace for lane in until if (pace := lanes.pace_of(self._manners, lane))}
        await lanes.hold(session, {lane: until[lane] for lane in paces}, paces)
