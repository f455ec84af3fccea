"""The way to Discord for what the bot sends by itself: its REST interface, without the gateway.

Any number of processes may send at once, and one that sends need not listen. Whoever wants to send
asks for the line; it is made for the first one and stays. A token that Discord refuses is not shown
to it again for some minutes, for refusals are counted, and too many get the address banned.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from types import SimpleNamespace

import aiohttp
from discord.http import HTTPClient

from adapters.discord.diagnosis import TOKEN_REFUSED, problem_with, refuses_token
from adapters.discord.outcomes import REFUSED, seconds_asked_for
from core.domain.deliveries import Later, Reach

FIRST_DELAY, LONGEST_DELAY = 2.0, 60.0
"""Seconds between tries to log in: doubled each time."""

LOGIN_SECONDS = 10.0
LONGEST_WAIT = 30.0
"""Seconds that discord.py waits by itself when Discord wants it to; what is longer it reports."""

INVALID = (401, 403, 429)
"""Answers of which too many get the address banned."""

STOPPED = Later(FIRST_DELAY, "this process is stopping")

log = logging.getLogger(__name__)


_refused: ContextVar[list[int]] = ContextVar("refused")


@contextmanager
def refusals() -> Iterator[list[int]]:
    """Collects the statuses of requests in this block that Discord counts against a bot.

    discord.py tries again after a 429, up to five times, and says nothing of it.
    """
    seen: list[int] = []
    mark = _refused.set(seen)
    try:
        yield seen
    finally:
        _refused.reset(mark)


class Line(HTTPClient):
    """discord.py's REST client; it knows besides whether Discord limits the bot as a whole."""

    def __init__(self) -> None:
        self.bot_id = ""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._notice)
        loop = asyncio.get_running_loop()
        super().__init__(loop, http_trace=trace, max_ratelimit_timeout=LONGEST_WAIT)
        self._limited_until = 0.0
        self._most_buckets = 256

    @property
    def limited(self) -> Reach | None:
        """Whom Discord limits now, if it is everybody. discord.py's errors don't tell that."""
        return Reach.WORKSPACE if self.loop.time() < self._limited_until else None

    async def _notice(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        seen: aiohttp.TraceRequestEndParams,
    ) -> None:
        del session, context
        headers = seen.response.headers
        if seen.response.status in INVALID:
            _refused.get([]).append(seen.response.status)
        if seen.response.status == 429 and "X-RateLimit-Global" in headers:
            seconds = float(headers.get("Retry-After", 1.0))
            self._limited_until = max(self._limited_until, self.loop.time() + seconds)

    def _try_clear_expired_ratelimits(self) -> None:
        """Clean up less often: discord.py would look through all limits for each conversation.

        With thousands of them that takes longer than the sending.
        """
        if len(self._buckets) >= self._most_buckets:
            super()._try_clear_expired_ratelimits()
            self._most_buckets = max(256, 2 * len(self._buckets))


class Sender:
    """Keeps a line to Discord: made when it is first wanted, made anew when the old one fails."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._line: Line | None = None
        self._worn: Line | None = None
        self._trying: asyncio.Task[Line | Later] | None = None
        self._delay = FIRST_DELAY
        self._excuse: Later | None = None
        self._not_before = 0.0
        self._closed = False

    async def line(self) -> Line | Later:
        """The line, made if need be; or why there is none, and for how long."""
        if self._line is not None:
            return self._line
        if self._closed:
            return STOPPED
        left = self._not_before - asyncio.get_running_loop().time()
        if self._excuse is not None and left > 0:
            return replace(self._excuse, seconds=left)
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._log_in(), name="discord login")
        trying = self._trying
        await asyncio.wait({trying})  # whoever gives up waiting doesn't end it for the others
        return STOPPED if trying.cancelled() else trying.result()

    async def ready(self) -> None:
        """Wait until there is a line."""
        while True:
            answer = await self.line()
            if not isinstance(answer, Later):
                return
            await asyncio.sleep(answer.seconds)

    def refused(self) -> Later:
        """Discord takes the token no longer: it isn't shown again for some minutes."""
        if self._excuse is REFUSED:
            return REFUSED  # by another answer on the same line
        log.error(TOKEN_REFUSED)
        self._line, self._worn = None, self._line  # others may still wait for its answers
        return self._hold_back(REFUSED)

    async def close(self) -> None:
        """Hang up for good."""
        self._closed = True
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.gather(self._trying, return_exceptions=True)
        for line in (self._line, self._worn):
            if line is not None:
                await line.close()
        self._line = self._worn = None

    async def _log_in(self) -> Line | Later:
        self._excuse = None
        if self._worn is not None:
            await self._worn.close()
        line = Line()
        try:
            async with asyncio.timeout(LOGIN_SECONDS):
                line.bot_id = str((await line.static_login(self._token))["id"])
            self._line, self._delay = line, FIRST_DELAY
            return line
        except Exception as error:  # whatever it is, the process goes on without Discord
            return self.refused() if refuses_token(error) else self._failed(error)
        finally:
            if self._line is not line:
                await line.close()

    def _failed(self, error: Exception) -> Later:
        seconds = max(self._delay, seconds_asked_for(error))
        self._delay = min(self._delay * 2, LONGEST_DELAY)
        log.warning("%s Next try in %.0f s.", problem_with(error), seconds)
        return self._hold_back(Later(seconds, problem_with(error), Reach.WORKSPACE))

    def _hold_back(self, excuse: Later) -> Later:
        self._excuse = excuse
        self._not_before = asyncio.get_running_loop().time() + excuse.seconds
        return excuse
