"""A duty: something that only one process may do at a time, such as listening to Discord."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from core.store import duties
from core.store.database import DATABASE_ERRORS, Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)


class Duty:
    """Held under a lease that is renewed; when its holder dies, another takes it within one."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        name: str,
        holder: str,
        lease: timedelta = LEASE,
    ) -> None:
        """`holder` names this process, and no other one."""
        self.name = name
        self._store, self._now, self._holder, self._lease = store, now, holder, lease

    async def taken(self) -> None:
        """Wait until it is ours."""
        while not await self._take():  # noqa: ASYNC110 - the database is what is waited for
            await asyncio.sleep(self._pause)

    async def lost(self) -> None:
        """Keep it, and return when it is ours no longer.

        It is given up before its lease ends when the database can't be reached, for then another
        process may take it.
        """
        kept = time.monotonic()
        while time.monotonic() - kept < 1.5 * self._pause:
            await asyncio.sleep(self._pause / 2)
            began = time.monotonic()
            answer = await self._take()
            if answer:
                kept = began
            elif answer is False:
                break
        log.warning("%s: another process may have it now", self.name)

    async def release(self) -> None:
        """Let somebody else take it at once."""
        try:
            async with self._store.writing() as session:
                await duties.give_up(session, self.name, self._holder)
        except DATABASE_ERRORS as error:
            log.warning("%s: not given back (%s)", self.name, type(error).__name__)

    @property
    def _pause(self) -> float:
        return self._lease.total_seconds() / 3

    async def _take(self) -> bool | None:
        """Whether it is ours now; None when the database can't say."""
        try:
            async with asyncio.timeout(self._pause / 2), self._store.writing() as session:
                return await duties.take(session, self.name, self._holder, self._now(), self._lease)
        except (*DATABASE_ERRORS, TimeoutError) as error:
            log.warning("%s: the database can't be asked (%s)", self.name, type(error).__name__)
            return None
