"""What happens to channels and to people in them, as Slack's events tell it.

Events come twice and in any order, so one of a channel is only the occasion to ask how things
stand: what Slack answers counts. Where it doesn't answer, the event is believed.

Events: https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.attendance import PATIENCE, closed
from adapters.slack.controls import JSON
from adapters.slack.faults import code_of
from adapters.slack.place import team_of
from core.caller import Account, Platform, Room
from core.domain.comings import Comings, Shut
from core.domain.deliveries import Attendance
from core.telling import PAUSES, told

log = logging.getLogger(__name__)

LATE = 60.0
"""Seconds after which an event is not news."""
SHUTS = {
    "channel_archive": Shut.ARCHIVED,
    "group_archive": Shut.ARCHIVED,
    "channel_deleted": Shut.DELETED,
    "group_deleted": Shut.DELETED,
    "channel_left": Shut.REMOVED,
    "group_left": Shut.REMOVED,
}
OPENS = ("channel_unarchive", "group_unarchive")
EVENTS = (*SHUTS, *OPENS, "member_joined_channel", "member_left_channel", "user_change")
"""What the app has to be subscribed to."""


class Happenings:
    """Passes on what events say to whoever keeps clubs; without anybody, nothing."""

    def __init__(
        self, web: AsyncWebClient, attendance: Attendance, comings: Comings | None
    ) -> None:
        self._web = web
        self._attendance = attendance
        self._comings = comings

    async def event(self, body: JSON) -> None:
        """Look at an event; those that are about something else are left."""
        event: JSON = body.get("event") or {}
        if self._comings is None:
            return
        tell = await self._what(event, body, self._comings)
        if tell is not None:
            await told(f"Slack: {event.get('type')}", tell, PAUSES)

    async def _what(
        self, event: JSON, body: JSON, comings: Comings
    ) -> Callable[[], Awaitable[None]] | None:
        kind, team = str(event.get("type")), team_of(body)
        if kind == "user_change":
            user: JSON = event.get("user") or {}
            gone = Account(Platform.SLACK, team, str(user.get("id")))
            return (lambda: comings.went_everywhere(gone)) if user.get("deleted") else None
        if kind not in EVENTS:
            return None
        room = Room(Platform.SLACK, team, _channel_of(event))
        user_id = str(event.get("user") or "")
        if kind == "member_left_channel" and user_id not in _bots(body):
            left = Account(Platform.SLACK, team, user_id)
            if is_late(body) and await self._is_back(room, user_id):
                return None
            return lambda: comings.went(room, left)
        if kind == "member_joined_channel" and user_id not in _bots(body):
            return None
        why = await self._state(room.channel, _said(kind))
        return (lambda: comings.opened(room)) if why is None else (lambda: comings.shut(room, why))

    async def _is_back(self, room: Room, user: str) -> bool:
        """Whether they are in the channel; no where Slack doesn't say."""
        return user in (await self._attendance.present(room, {user}) or ())

    async def _state(self, channel: str, said: Shut | None) -> Shut | None:
        """Why nothing can be posted there now, None when something can; `said` if Slack is dumb."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await closed(self._web, channel)
        except Exception as error:
            code = code_of(error)
            if code == "channel_not_found":
                return said or Shut.REMOVED
            log.warning("Slack: conversations.info: %s", code or type(error).__name__)
            return said


def _said(kind: str) -> Shut | None:
    return Shut.REMOVED if kind == "member_left_channel" else SHUTS.get(kind)


def is_late(body: JSON) -> bool:
    """Whether Slack tells it again after a while, in which much may have changed.

    Who has left just now may be listed for a moment yet, so that is not asked.
    """
    return time.time() - float(body.get("event_time") or 0) > LATE


def _channel_of(event: JSON) -> str:
    channel = event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel)


def _bots(body: JSON) -> set[str]:
    """The user ids of the bot, as an event names whom it is for."""
    found = body.get("authorizations") or []
    return {str(one.get("user_id")) for one in found if one.get("is_bot")}
