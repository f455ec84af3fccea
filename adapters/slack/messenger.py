"""Messages that the bot owes to a person or a channel, sent once each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.faults import (
    code_of,
    outcome_in_room,
    outcome_of,
    unfound,
    unfound_in_room,
    unsent,
)
from adapters.slack.pictures import NOT_READY, Pictures, not_ready
from adapters.slack.reasons import Alarm
from adapters.slack.render import render
from core.caller import Room
from core.domain.deliveries import Delivered, Outcome, Parcel, Unknown

EVENT = "squeaky_delivery"
"""The `event_type` of the metadata that carries a delivery's key."""
MARGIN = 12 * 3600.0
"""Seconds by which our clock may have been ahead of Slack's, before somebody set it right. The key
is certain, so looking further back costs a page or two and nothing else."""
PAGE = 100
MOST_PAGES = 20
_STALE = {"channel_not_found", "is_archived", "not_in_channel"}
"""The conversation that was used before is no good; there may be another, or a better reason."""


class SlackMessenger:
    """Sends parcels by direct message or into channels; see `core.domain.deliveries.Messenger`."""

    def __init__(
        self, web: AsyncWebClient, now: Callable[[], datetime], alarm: Alarm | None = None
    ) -> None:
        self._web = web
        self._now = now
        self._alarm = alarm or Alarm()
        self._pictures = Pictures(web)

    async def send(self, parcel: Parcel) -> Outcome:
        """Post the parcel once, with its key in the message's metadata."""
        try:
            images = await self._pictures.blocks(parcel)
            if isinstance(parcel.to, Room):
                return await self._into(parcel.to, parcel, images)
            channel = parcel.channel or await self._open(parcel)
        except Exception as error:
            return self._told(error, unsent)
        try:
            return await self._post(channel, parcel, images)
        except Exception as error:
            if parcel.channel and code_of(error) in _STALE:
                return await self.send(replace(parcel, channel=""))
            return self._told(error, outcome_of)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look through the conversation since the doubtful attempt for the parcel's key.

        What this gives when it can't look is told at `unfound` and `unfound_in_room`.
        """
        if isinstance(parcel.to, Room):
            return await self._find_in(parcel.to, parcel)
        try:
            channel = parcel.channel or await self._open(parcel)
            return await self._search(channel, self._oldest(parcel), parcel.key)
        except Exception as error:
            if parcel.channel and code_of(error) in _STALE:
                return await self.find(replace(parcel, channel=""))
            return self._told(error, unfound)

    def _told(self, error: Exception, judge: Callable[[Exception], Outcome]) -> Outcome:
        """What an error comes to; what only whoever runs the bot can mend is logged as well."""
        self._alarm.ring(code_of(error))
        return judge(error)

    async def _into(self, room: Room, parcel: Parcel, images: list[JSON]) -> Outcome:
        """Post into a channel; nothing else is tried where it does not take the message."""
        try:
            return await self._post(room.channel, parcel, images)
        except Exception as error:
            return self._told(error, outcome_in_room)

    async def _find_in(self, room: Room, parcel: Parcel) -> Outcome | None:
        try:
            return await self._search(room.channel, self._oldest(parcel), parcel.key)
        except Exception as error:
            return self._told(error, unfound_in_room)

    async def _post(self, channel: str, parcel: Parcel, images: list[JSON]) -> Outcome:
        """Post once. Raises what Slack raises, but for a picture that it does not show yet."""
        try:
            payload = _payload(channel, parcel, images)
            answer = await self._web.api_call("chat.postMessage", json=payload)
        except Exception as error:
            if images and not_ready(error):
                self._pictures.failed(parcel)
                return NOT_READY
            raise
        return Delivered(str(answer.get("channel", channel)), str(answer["ts"]))

    async def _open(self, parcel: Parcel) -> str:
        """The channel of the direct messages with a person; opening it again is harmless."""
        answer = await self._web.conversations_open(users=parcel.person.user)
        return str(answer["channel"]["id"])

    def _oldest(self, parcel: Parcel) -> float:
        """Seconds since 1970, by Slack's clock, at which the doubtful attempt can have begun.

        Our clock may have been started elsewhere (SQUEAKY_NOW), so what has passed since counts
        as well as the instant itself.
        """
        if parcel.doubtful_since is None:
            return 0.0
        passed = (self._now() - parcel.doubtful_since).total_seconds()
        began = min(parcel.doubtful_since.timestamp(), time.time() - passed)
        return max(0.0, began - MARGIN)

    async def _search(self, channel: str, oldest: float, key: str) -> Outcome | None:
        """Look for a key from the newest message back to `oldest`."""
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._web.conversations_history(
                channel=channel,
                oldest=f"{oldest:.6f}",
                limit=PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in page.get("messages") or []:
                if _key(message) == key:
                    return Delivered(channel, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
        return Unknown("more messages than were looked through")


def _payload(channel: str, parcel: Parcel, images: list[JSON]) -> JSON:
    """The arguments of a post. The key travels in the metadata, where nobody sees it."""
    metadata = {"event_type": EVENT, "event_payload": {"key": parcel.key}}
    return {"channel": channel, "metadata": metadata, **render(parcel.message, images).payload()}


def _key(message: JSON) -> str:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return str(payload.get("key", "")) if metadata.get("event_type") == EVENT else ""
