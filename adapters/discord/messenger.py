"""Sends deliveries as private messages, and looks for those whose answer was lost.

How a message is sent once although answers get lost:

1. Every send carries the parcel's key as its nonce, enforced. For some minutes Discord answers a
   second send with the message that is there; discord.py's own retries are safe for that reason.
   The key is never used for another message: Discord would swallow that silently.
2. So an attempt that began less than NONCE_SECONDS ago needs no looking for: sending again is safe.
3. An older one is looked for in the conversation. The history doesn't give nonces back. Messages
   that answer an interaction carry `interaction_metadata`, deliveries don't, so only a delivery
   from the time of the attempt is compared: by its first line, or by a button that both have (the
   person may have pressed one already, which changes part of the message).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.http import MultipartParameters
from discord.utils import time_snowflake, utcnow

from adapters.discord.outcomes import (
    NOT_REACHED,
    SOON,
    UNKNOWN_CHANNEL,
    asked_in_vain,
    outcome_of,
)
from adapters.discord.render import components
from adapters.discord.sender import Line, Sender
from core.domain.deliveries import Delivered, Later, Outcome, Parcel, Reach

NONCE_SECONDS = 120
"""Discord keeps nonces for "the past few minutes"; this is the least that can mean."""

OPEN_SECONDS, SEND_SECONDS, LOOK_SECONDS = 15.0, 30.0, 30.0
"""Together less than a minute. discord.py repeats a 500, 502 or 504 for 25 s by itself."""

HISTORY = 50
CLOCKS_APART = timedelta(seconds=30)

GONE = Later(SOON, "the conversation went away")

_TO_NOBODY = discord.AllowedMentions.none().to_dict()
_FLAGS = discord.MessageFlags(components_v2=True).value


class DiscordMessenger:
    """The courier's way to Discord, over REST alone: it needs no connection to the gateway."""

    def __init__(self, sender: Sender, now: Callable[[], datetime]) -> None:
        self._sender = sender
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """Send once, with the parcel's key as nonce. Raises nothing for Discord or the network."""
        line = await self._sender.line()
        if isinstance(line, Later):
            return line
        if parcel.channel:
            outcome = await self._post(line, parcel, parcel.channel)
            if outcome is not None:
                return outcome
        channel = await self._opened(line, parcel)
        if not isinstance(channel, str):
            return channel
        return await self._post(line, parcel, channel) or GONE

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for an earlier attempt; None also when sending again can't make a second one."""
        since = parcel.doubtful_since
        if since is None:
            return None
        age = self._now() - since
        if age < timedelta(seconds=NONCE_SECONDS):
            return None
        line = await self._sender.line()
        if isinstance(line, Later):
            return line
        channel = parcel.channel or await self._opened(line, parcel)
        if not isinstance(channel, str):
            return channel
        # Discord's ids tell real time, which `now` need not be: only the age is taken from it.
        return await self._search(line, parcel, channel, utcnow() - age - CLOCKS_APART)

    async def _opened(self, line: Line, parcel: Parcel) -> str | Outcome:
        """The private conversation's id. Discord gives back the one that exists."""
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                opened = await line.start_private_message(int(parcel.person.user))
        except NOT_REACHED as error:
            self._look_at(error)
            return asked_in_vain(error, line.limited or Reach.LANE)
        return str(opened["id"])

    async def _post(self, line: Line, parcel: Parcel, channel: str) -> Outcome | None:
        """Send into a conversation; None when there is no such conversation any more."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                sent = await line.send_message(int(channel), params=_params(parcel))
        except NOT_REACHED as error:
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL:
                return None
            self._look_at(error)
            return outcome_of(error, line.limited or Reach.PARCEL)
        return Delivered(channel, str(sent["id"]))

    async def _search(
        self, line: Line, parcel: Parcel, channel: str, after: datetime
    ) -> Outcome | None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                start = time_snowflake(after, high=True)
                history = await line.logs_from(int(channel), HISTORY, after=start)
        except (discord.Forbidden, discord.NotFound):
            return None
        except NOT_REACHED as error:
            self._look_at(error)
            return asked_in_vain(error, line.limited or Reach.PARCEL)
        wanted = _trait_of(components(parcel.message))
        for message in reversed(history):
            mine = message["author"]["id"] == line.bot_id
            answers = message.get("interaction_metadata") is not None
            if mine and not answers and _trait_of(message["components"]).resembles(wanted):
                return Delivered(channel, str(message["id"]))
        return None

    def _look_at(self, error: Exception) -> None:
        """Put the line away when its token is no longer taken."""
        if isinstance(error, discord.HTTPException) and error.status == 401:
            self._sender.refused()


def _params(parcel: Parcel) -> MultipartParameters:
    payload = {
        "components": components(parcel.message),
        "flags": _FLAGS,
        "nonce": parcel.key,
        "enforce_nonce": True,
        "allowed_mentions": _TO_NOBODY,
    }
    return MultipartParameters(payload=payload, multipart=None, files=None)


@dataclass(frozen=True)
class _Trait:
    """By what a message is known again."""

    first_line: str
    custom_ids: frozenset[str]

    def resembles(self, other: _Trait) -> bool:
        same_line = bool(self.first_line) and self.first_line == other.first_line
        return same_line or bool(self.custom_ids & other.custom_ids)


def _trait_of(parts: Iterable[Mapping[str, Any]]) -> _Trait:
    everything = list(_walk(parts))
    texts = [str(one["content"]).strip() for one in everything if one.get("content")]
    ids = [str(one["custom_id"]) for one in everything if one.get("custom_id")]
    return _Trait(texts[0].split("\n")[0].strip() if texts else "", frozenset(ids))


def _walk(parts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in parts:
        yield one
        yield from _walk(one.get("components") or ())
