"""Whether the app is still in its workspace, as Slack tells it."""

from __future__ import annotations

import time

from adapters.slack.controls import JSON
from core.caller import Platform
from core.departures import Departures
from core.telling import PAUSES, told

SKEW = 60.0
"""Seconds by which Slack's clock and ours may differ."""


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
        if self._departures is None or not removes(body.get("event") or {}):
            return
        if float(body.get("event_time") or time.time()) < self._accepted_at - SKEW:
            return  # of an earlier installation: Slack repeats an event for hours
        departures, team = self._departures, str(body["team_id"])
        await told("Slack: the removal", lambda: departures.left(Platform.SLACK, team), PAUSES)


def removes(event: JSON) -> bool:
    """Whether the bot can't write to the workspace any more."""
    if event.get("type") == "tokens_revoked":
        return bool((event.get("tokens") or {}).get("bot"))
    return event.get("type") == "app_uninstalled"
