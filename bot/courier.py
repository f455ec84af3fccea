"""The courier: carries what the bot owes to the platforms, outside any transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.clock import ROLLBACK
from bot.evenly import Evenly
from bot.logs import carrying
from bot.outage import Outage
from core.caller import Account, Platform, Room
from core.domain.deliveries import Dead, Delivered, Later, Messenger, Outcome, Parcel, Unknown
from core.mailroom import Mailroom
from core.store.database import DATABASE_ERRORS
from core.store.deliveries import LEASE

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Parcels under way at a time."""
AT_A_TIME = AT_ONCE // 2
"""Parcels claimed and packed together: few, because each step of it blocks the loop."""
PATIENCE = 60.0
"""Seconds for one parcel: less than the lease, so that nobody else takes it meanwhile."""
MARGIN = 15.0
"""Seconds between the last moment to send and the end of the lease, but no more than half of it:
what was cut off may still be on its way."""
FLUSH = 0.05
"""Seconds after which the answers that have come are written down, without the slow ones."""
RECHECK = 5.0
"""Seconds: a turn that comes so soon is waited for, a later one is left to the next run."""
AGAIN = 1.0
"""Seconds between two tries to reach a database that is away."""

LAST_WORDS = 0.7
"""Seconds that a stop gives to what came of the last parcels to be written down."""

OVER, NOT_BEGUN = Dead("its day was over"), Later(0.0, "not begun in time")

Result = tuple[Parcel, Outcome]


class Courier:
    """Claims parcels, sends them, and writes down what came of it."""

    def __init__(
        self,
        mailroom: Mailroom,
        messengers: Mapping[Platform, Messenger],
        now: Callable[[], datetime],
        *,
        settled: Callable[[timedelta], bool] = lambda _: True,
        lease: timedelta = LEASE,
        patience: float = PATIENCE,
        note: Callable[[Parcel, Outcome], None] = lambda *_: None,
        outage: Outage | None = None,
    ) -> None:
        """`settled` says whether the clock has run evenly for so long; `note` hears each end."""
        self._mailroom = mailroom
        self._messengers = messengers
        self._now = now
        self._settled = settled
        self._lease = lease
        self._patience = patience
        self._note = note
        self._outage = outage or Outage()
        self._evenly = Evenly(mailroom.pace_of)
        self._busy = asyncio.Lock()
        self._flying: dict[asyncio.Task[Outcome], Parcel] = {}
        self._newest: dict[Account | Room, asyncio.Task[Outcome]] = {}
        self._unwritten: list[Result] = []
        self._stopping = asyncio.Event()
        self._run: asyncio.Task[int] | None = None
        self._looked_at = now()

    def nudge(self) -> None:
        """Deliver in the background what is owed, unless that is under way."""
        if self._run is None or self._run.done():
            self._run = asyncio.create_task(self._safely(), name="courier")

    async def run(self) -> int:
        """Deliver everything that is owed now or in a moment; how many arrived."""
        if not self._messengers:
            return 0
        async with self._busy:
            arrived = 0
            while not self._stopping.is_set():
                arrived += await self._round()
                wait = await self._until_next()
                if wait is None:
                    break
                await self._pause(wait)
            return arrived

    async def stop(self, seconds: float) -> None:
        """Claim no more, and finish what is under way within so many seconds.

        What is cut off then is in doubt, and whoever goes on looks for it. A database that doesn't
        answer is not waited for.
        """
        self._stopping.set()
        if self._flying:
            _, late = await asyncio.wait(set(self._flying), timeout=seconds)
            for task in late:
                task.cancel()
        try:
            async with asyncio.timeout(LAST_WORDS), self._busy:
                pass  # the run has written down what came of it
        except TimeoutError:
            log.warning("the database doesn't answer; the next run looks for what was under way")
            if self._run is not None:
                self._run.cancel()
                await asyncio.wait({self._run}, timeout=ROLLBACK)

    async def _safely(self) -> int:
        try:
            return await self.run()
        except DATABASE_ERRORS as error:
            self._outage.noticed(error)
            return 0
        except Exception as error:
            log.error("deliveries interrupted: %s; the next tick goes on", type(error).__name__)
            return 0

    async def _round(self) -> int:
        """Claim and carry until nothing more is owed now."""
        arrived = 0
        hungry = True
        while True:
            room = AT_ONCE - len(self._flying)
            if hungry and room >= AT_A_TIME and not self._stopping.is_set():
                hungry = await self._take() > 0
            if not self._flying:
                return arrived
            done, _ = await asyncio.wait(set(self._flying), timeout=FLUSH)
            results = [(self._landed(task), task.result()) for task in done]
            arrived += sum(isinstance(outcome, Delivered) for _, outcome in results)
            await self._write(results)
            hungry = hungry or bool(done)

    async def _take(self) -> int:
        """Claim a few parcels and let them fly; how many were claimed.

        None for a while after a jump of the clock: by a wrong one nobody can say whose turn it is,
        nor whether a lease is over.
        """
        self._looked_at = self._now()
        if not self._settled(self._lease):
            return 0
        lease = self._lease.total_seconds()
        deadline = asyncio.get_running_loop().time() + lease - min(MARGIN, lease / 2)
        platforms = list(self._messengers)
        try:
            claimed = await self._mailroom.claim(platforms, AT_A_TIME)
            parcels = await self._mailroom.pack(claimed)
        except DATABASE_ERRORS as error:
            if not self._flying:
                raise
            self._outage.noticed(error)
            return 0
        if self._stopping.is_set():
            await self._write([(parcel, NOT_BEGUN) for parcel in parcels])
            return 0
        for parcel in parcels:
            before = self._newest.get(parcel.to)
            task = asyncio.create_task(self._carry(parcel, deadline, before), name=parcel.key)
            self._flying[task], self._newest[parcel.to] = parcel, task
        return len(claimed)

    def _landed(self, task: asyncio.Task[Outcome]) -> Parcel:
        parcel = self._flying.pop(task)
        if self._newest.get(parcel.to) is task:
            del self._newest[parcel.to]
        return parcel

    async def _carry(
        self, parcel: Parcel, deadline: float, before: asyncio.Task[Outcome] | None
    ) -> Outcome:
        """Send one parcel; whatever happens, an outcome.

        `before` is an earlier one to the same reader: they arrive in the order they were owed in.
        """
        end = min(deadline, asyncio.get_running_loop().time() + self._patience)
        with carrying(parcel):
            try:
                async with asyncio.timeout_at(end):
                    outcome = await self._send_once(parcel, deadline, before)
            except TimeoutError:
                outcome = Unknown("no answer in time")
            except asyncio.CancelledError:
                outcome = Unknown("the bot was stopped meanwhile")
            except Exception as error:
                outcome = Unknown(f"unexpected {type(error).__name__}")
            _tell(parcel, outcome)
        self._note(parcel, outcome)
        return outcome

    async def _send_once(
        self, parcel: Parcel, deadline: float, before: asyncio.Task[Outcome] | None
    ) -> Outcome:
        """What may have arrived before is looked for first; what is no longer ours is left."""
        messenger = self._messengers[parcel.to.platform]
        if parcel.doubtful_since is not None:
            found = await messenger.find(parcel)
            if found is not None:
                return found
        if parcel.over:
            return OVER
        try:
            if before is not None:
                await asyncio.wait({before})
            await self._evenly.turn(parcel.lane)
        except asyncio.CancelledError:
            return NOT_BEGUN  # whoever cuts it off gets an outcome all the same
        if asyncio.get_running_loop().time() > deadline:
            return NOT_BEGUN
        return await messenger.send(parcel)

    async def _write(self, results: Sequence[Result]) -> None:
        """Write down what came of it. While the database is away it is kept and tried again."""
        self._unwritten.extend(results)
        while self._unwritten:
            try:
                await self._mailroom.finish(self._unwritten)
            except DATABASE_ERRORS as error:
                self._outage.noticed(error)
                if self._stopping.is_set():
                    return  # what was sent is found again by whoever goes on
                await self._pause(AGAIN)
            else:
                self._unwritten.clear()
                self._outage.over()

    async def _until_next(self) -> float | None:
        """Seconds to the next turn, if it comes soon.

        Reckoned from the last look: a turn that has come since then would be nobody's otherwise.
        """
        turn = await self._mailroom.next_turn(self._looked_at)
        if turn is None:
            return None
        wait = (turn - self._now()).total_seconds()
        return max(wait, 0.01) if wait < RECHECK else None

    async def _pause(self, seconds: float) -> None:
        """Sleep, or wake up for a stop."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass


def _tell(parcel: Parcel, outcome: Outcome) -> None:
    platform = parcel.to.platform
    match outcome:
        case Delivered():
            log.info("delivery %s: sent on %s", parcel.key, platform)
        case Later(seconds, reason):
            log.warning("delivery %s: not sent (%s), again in %.0f s", parcel.key, reason, seconds)
        case Unknown(reason):
            log.warning("delivery %s: no certain answer (%s), looking again", parcel.key, reason)
        case _:
            log.warning(
                "delivery %s: %s (%s)", parcel.key, type(outcome).__name__.lower(), outcome.reason
            )
