"""Whether the app is still in its workspace, as Slack tells it."""

from __future__ import annotations

import asyncio
import logging
import time

from adapters.slack.controls import JSON
from core.caller import Platform
from core.departures import Departures
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

SKEW = 60.0
"""Seconds by which Slack's clock and ours may differ."""
PAUSES = (1.0, 5.0, 25.0)
"""Seconds before each further try to write down that the app was removed; Slack says it once."""


class Installation:
    """Passes on to the departures that the app was removed, or that it is back."""

    def __init__(self, departures: Departures | None) -> None:
        self.team = ""
        self._departures = departures
        self._accepted_at = 0.0

    async def accepted(self, team: str) -> None:
        """Slack takes our token for this workspace: the bot is there, if it ever was away."""
        self.team = team
        self._accepted_at = time.time()
        if self._departures is not None:
            await self._departures.returned(Platform.SLACK, team)

    async def event(self, body: JSON) -> None:
        """Look at an event; those that the app was removed with may come twice or in any order."""
        if self._departures is None or not _removes(body.get("event") or {}):
            return
        if float(body.get("event_time") or time.time()) < self._accepted_at - SKEW:
            return  # of an earlier installation: Slack repeats an event for hours
        for pause in (*PAUSES, None):
            try:
                await self._departures.left(Platform.SLACK, str(body["team_id"]))
                return
            except Exception as error:
                log.error("Slack: the removal was not written down: %s", kind_and_place(error))
            if pause is not None:
                await asyncio.sleep(pause)


def _removes(event: JSON) -> bool:
    """Whether the bot can't write to the workspace any more."""
    if event.get("type") == "tokens_revoked":
        return bool((event.get("tokens") or {}).get("bot"))
    return event.get("type") == "app_uninstalled"
