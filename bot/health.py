"""How the bot is, for whoever watches it: alive, ready, and the numbers.

The port may be public, for Slack's requests come in on it. So nothing here names a person, a
workspace, an address or a secret, and asking often costs the database no more than asking once.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from aiohttp import web

from bot.metrics import Metrics
from core.caller import Platform
from core.overview import Glance, Overview

PATIENCE = 2.0
"""Seconds that the database may take for an answer."""
FRESH = 1.0
"""Seconds that one look at the database serves everybody who asks."""
MOST_WAITING = 15 * 60
"""Seconds that a delivery may wait for after its turn has come."""

Connected: TypeAlias = Callable[[], bool | None]
"""Whether requests of a platform reach this process; None while another process listens for it."""


class Health:
    """Answers `/healthz`, `/readyz` and `/metrics`."""

    def __init__(
        self, overview: Overview, platforms: Mapping[Platform, Connected], metrics: Metrics
    ) -> None:
        self._overview, self._platforms, self._metrics = overview, platforms, metrics
        self._asking = asyncio.Lock()
        self._asked_at = -math.inf
        self._answer: Glance | str = "not asked yet"

    def routes(self) -> list[web.RouteDef]:
        """What to mount in the process's web application."""
        return [
            web.get("/healthz", _alive),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._numbers),
        ]

    async def _ready(self, request: web.Request) -> web.Response:
        """200 when requests come in and messages go out; else 503 with the reasons."""
        del request
        connected = {platform: ask() for platform, ask in self._platforms.items()}
        report = _report(await self._look(), connected)
        status = 200 if report["ready"] else 503
        return web.json_response(report, status=status, headers=_NOT_KEPT)

    async def _numbers(self, request: web.Request) -> web.Response:
        del request
        seen = await self._look()
        self._metrics.glanced(seen if isinstance(seen, Glance) else None)
        for platform, is_connected in self._platforms.items():
            self._metrics.connected(platform, bool(is_connected()))
        body, content_type = self._metrics.render()
        return web.Response(body=body, headers={**_NOT_KEPT, "Content-Type": content_type})

    async def _look(self) -> Glance | str:
        """How the deliveries stand, or why the database doesn't say."""
        clock = asyncio.get_running_loop().time
        async with self._asking:
            if clock() - self._asked_at >= FRESH:
                self._answer = await self._ask()
                self._asked_at = clock()
            return self._answer

    async def _ask(self) -> Glance | str:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._overview.glance()
        except TimeoutError:
            return f"no answer within {PATIENCE:.0f} seconds"
        except Exception as error:  # a driver's own too: whoever watches gets an answer
            cause = getattr(error, "orig", None) or error
            return f"can't be used ({type(cause).__name__})"


_NOT_KEPT = {"Cache-Control": "no-store"}


def _report(seen: Glance | str, connected: Mapping[Platform, bool | None]) -> dict[str, object]:
    glance = seen if isinstance(seen, Glance) else None
    database = seen if isinstance(seen, str) else "ok"
    oldest = glance.oldest_seconds if glance else None
    reasons = [f"{name}: not connected" for name, is_on in connected.items() if is_on is False]
    if glance is None:
        reasons.append(f"database: {database}")
    if oldest is not None and oldest >= MOST_WAITING:
        reasons.append(f"a delivery has waited for {MOST_WAITING // 60} minutes or more")
    return {
        "ready": not reasons,
        "reasons": reasons,
        "database": database,
        "platforms": {name: _word(is_on) for name, is_on in connected.items()},
        "oldest_unsent_seconds": oldest,
        "owed": glance.owed if glance else None,
    }


def _word(is_connected: bool | None) -> str:
    if is_connected is None:
        return "standby"
    return "connected" if is_connected else "not connected"


async def _alive(request: web.Request) -> web.Response:
    del request
    return web.Response(text="alive\n", headers=_NOT_KEPT)
