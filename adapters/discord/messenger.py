"""Sends deliveries to people and into channels, and looks for those whose answer was lost.

How a message is sent once although answers get lost:

1. Every send carries the parcel's key as its nonce, enforced. For some minutes Discord answers a
   second send with the message that is there; discord.py's own retries are safe for that reason.
   The key is never used for another message: Discord would swallow that silently.
2. So an attempt that began less than SURE_SECONDS ago needs no looking for: sending again is safe.
3. An older one is looked for in the conversation. The history doesn't give nonces back. Messages
   that answer an interaction carry `interaction_metadata`, deliveries don't, so only deliveries are
   compared: by the digest that their buttons name (the person may have pressed one already, which
   changes the message), and, since the attempt, by the first line or by a button that both have.
4. In a channel nothing is ever changed and others write as well, so there all of its texts and
   buttons are compared. Without Read Message History Discord shows an empty channel instead of
   refusing, so an empty one is believed only where its last message is older than the attempt.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.utils import time_snowflake, utcnow

from adapters.discord.outcomes import (
    DELETED,
    MISSING_PERMISSIONS,
    NOT_REACHED,
    SOON,
    UNKNOWN_CHANNEL,
    asked_in_vain,
    outcome_in_room,
    outcome_of,
    unfound,
)
from adapters.discord.parcels import params_of, shown, trait_of
from adapters.discord.render import components
from adapters.discord.sender import Line, Sender, refusals
from core.caller import Room
from core.domain.deliveries import Delivered, Held, Later, Outcome, Parcel, Reach, Unknown

SURE_SECONDS = 60
"""Discord keeps nonces for "the past few minutes", which are two at least; and what is sent again
may be under way for one."""

OPEN_SECONDS, SEND_SECONDS, LOOK_SECONDS = 15.0, 30.0, 30.0
"""Together less than a minute. discord.py repeats a 500, 502 or 504 for 25 s by itself."""

PAGE, MOST_PAGES = 100, 5
"""Messages of a page, and pages, that are looked through."""
WINDOW = timedelta(minutes=5)
"""An attempt that got through did so within this time after it began: a lease is shorter."""
CLOCKS_APART = timedelta(seconds=30)
CLOCK_WRONG = timedelta(hours=12)
"""How far ahead our clock may have been at the attempt, before somebody set it right."""

GONE = Later(SOON, "the conversation went away")


class DiscordMessenger:
    """The courier's way to Discord, over REST alone: it needs no connection to the gateway."""

    def __init__(self, sender: Sender, now: Callable[[], datetime]) -> None:
        self._sender = sender
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """Send once, with the parcel's key as nonce. Raises nothing for Discord or the network."""
        with refusals() as seen:
            outcome = await self._send(parcel)
            return replace(outcome, refused=len(seen))

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for an earlier attempt; None also when sending again can't make a second one."""
        with refusals() as seen:
            outcome = await self._find(parcel)
            return outcome and replace(outcome, refused=len(seen))

    async def _send(self, parcel: Parcel) -> Outcome:
        line = await self._sender.line()
        if isinstance(line, Later):
            return line
        if isinstance(parcel.to, Room):
            return await self._into(line, parcel, parcel.to)
        if parcel.channel:
            outcome = await self._post(line, parcel, parcel.channel)
            if outcome is not None:
                return outcome
        channel = await self._opened(line, parcel)
        if not isinstance(channel, str):
            return channel
        return await self._post(line, parcel, channel) or GONE

    async def _find(self, parcel: Parcel) -> Outcome | None:
        since = parcel.doubtful_since
        if since is None:
            return None
        age = self._now() - since
        if age < timedelta(seconds=SURE_SECONDS):
            return None
        line = await self._sender.line()
        if isinstance(line, Later):
            return line
        # Discord's ids tell real time, which `now` need not be: only the age is taken from it.
        began = utcnow() - age - CLOCKS_APART
        if isinstance(parcel.to, Room):
            return await self._search_room(line, parcel, parcel.to, began)
        outcome = (
            await self._search(line, parcel, parcel.channel, began) if parcel.channel else GONE
        )
        if outcome is not GONE:
            return outcome
        channel = await self._opened(line, parcel)
        if not isinstance(channel, str):
            return channel
        return await self._search(line, parcel, channel, began)

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
                sent = await line.send_message(int(channel), params=params_of(parcel))
        except NOT_REACHED as error:
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL:
                return None
            self._look_at(error)
            return outcome_of(error, line.limited or Reach.PARCEL)
        return Delivered(channel, str(sent["id"]))

    async def _search(
        self, line: Line, parcel: Parcel, channel: str, began: datetime
    ) -> Outcome | None:
        """Look from the newest message back to before the attempt; GONE without a conversation."""
        wanted, start = trait_of(components(parcel.message)), time_snowflake(began)
        oldest = time_snowflake(began - CLOCK_WRONG)
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                async for message in _messages(line, int(channel)):
                    if message is None:
                        return Unknown("more messages than were looked through")
                    if int(message["id"]) < oldest:
                        return None
                    trait = trait_of(message["components"])
                    since = int(message["id"]) >= start
                    if _is_delivery(message, line) and trait.resembles(wanted, since=since):
                        return Delivered(channel, str(message["id"]))
        except NOT_REACHED as error:
            if isinstance(error, discord.NotFound) and channel == parcel.channel:
                return GONE
            self._look_at(error)
            return unfound(error, line.limited or Reach.PARCEL)
        return None

    async def _into(self, line: Line, parcel: Parcel, room: Room) -> Outcome:
        """Post into a channel. Where pictures may not be attached, it goes without them."""
        outcome: Outcome = Held(DELETED)
        for pictures in (True, False) if parcel.files else (False,):
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    params = params_of(parcel, pictures=pictures)
                    sent = await line.send_message(int(room.channel), params=params)
                return Delivered(room.channel, str(sent["id"]))
            except NOT_REACHED as error:
                self._look_at(error)
                outcome = outcome_in_room(error, line.limited or Reach.PARCEL)
                if getattr(error, "code", 0) != MISSING_PERMISSIONS:
                    break
        return outcome

    async def _search_room(
        self, line: Line, parcel: Parcel, room: Room, after: datetime
    ) -> Outcome | None:
        """Look through a channel. Where it can't be read the doubt stays."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._look_through(line, parcel, room, after)
        except (discord.Forbidden, discord.NotFound) as error:
            gone = error.code == UNKNOWN_CHANNEL
            return Held(DELETED) if gone else Unknown(f"no lookup in Discord: {error.code}")
        except NOT_REACHED as error:
            self._look_at(error)
            return asked_in_vain(error, line.limited or Reach.PARCEL)

    async def _look_through(
        self, line: Line, parcel: Parcel, room: Room, after: datetime
    ) -> Outcome | None:
        channel = int(room.channel)
        wanted = [trait_of(shown(parcel, pictures=pictures)) for pictures in (True, False)]
        start, end = time_snowflake(after, high=True), time_snowflake(after + WINDOW)
        for page in range(MOST_PAGES):
            history = await line.logs_from(channel, PAGE, after=start)
            for message in history:
                if _is_delivery(message, line) and trait_of(message["components"]) in wanted:
                    return Delivered(room.channel, str(message["id"]))
            if not history and not page:
                known: Any = await line.get_channel(channel)
                hidden = int(known.get("last_message_id") or 0) > start
                return Unknown("Discord doesn't show me the channel's history") if hidden else None
            start = max((int(message["id"]) for message in history), default=end)
            if len(history) < PAGE or start >= end:
                return None
        return Unknown("more messages than were looked through")

    def _look_at(self, error: Exception) -> None:
        """Put the line away when its token is no longer taken."""
        if isinstance(error, discord.HTTPException) and error.status == 401:
            self._sender.refused()


async def _messages(line: Line, channel: int) -> AsyncIterator[Mapping[str, Any] | None]:
    """A conversation from its newest message back; None where no more of it is looked through."""
    before: int | None = None
    for _ in range(MOST_PAGES):
        page = await line.logs_from(channel, PAGE, before=before)
        for message in page:
            yield message
        if len(page) < PAGE:
            return
        before = int(page[-1]["id"])
    yield None


def _is_delivery(message: Mapping[str, Any], line: Line) -> bool:
    """Whether it is a delivery of the bot's own; what answers an interaction is none."""
    mine: bool = message["author"]["id"] == line.bot_id
    return mine and message.get("interaction_metadata") is None
