"""The courier: carries what the bot owes to the platforms, outside any transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from core.caller import Platform
from core.domain.deliveries import Delivered, Later, Messenger, Outcome, Parcel, Unknown
from core.mailroom import Mailroom

log = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 10
PATIENCE = 60.0
"""Seconds for one parcel: less than the lease, so that nobody else takes it meanwhile."""


class Courier:
    """Claims parcels, sends them, and writes down what came of it."""

    def __init__(self, mailroom: Mailroom, messengers: Mapping[Platform, Messenger]) -> None:
        self._mailroom = mailroom
        self._messengers = messengers
        self._busy = asyncio.Lock()
        self._hands = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> int:
        """Deliver everything that is owed now; how many arrived."""
        if not self._messengers:
            return 0
        async with self._busy:
            arrived = 0
            while parcels := await self._mailroom.claim(list(self._messengers), BATCH):
                outcomes = await asyncio.gather(*(self._carry(parcel) for parcel in parcels))
                await self._mailroom.finish(list(zip(parcels, outcomes, strict=True)))
                arrived += sum(isinstance(outcome, Delivered) for outcome in outcomes)
            return arrived

    async def _carry(self, parcel: Parcel) -> Outcome:
        async with self._hands:
            try:
                async with asyncio.timeout(PATIENCE):
                    outcome = await self._send_once(parcel)
            except TimeoutError:
                outcome = Unknown("no answer in time")
            except Exception as error:
                outcome = Unknown(f"unexpected {type(error).__name__}")
        _tell(parcel, outcome)
        return outcome

    async def _send_once(self, parcel: Parcel) -> Outcome:
        """What may have arrived before is looked for first."""
        messenger = self._messengers[parcel.account.platform]
        if parcel.doubtful_since is not None:
            found = await messenger.find(parcel)
            if found is not None:
                return found
        return await messenger.send(parcel)


def _tell(parcel: Parcel, outcome: Outcome) -> None:
    platform = parcel.account.platform
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
