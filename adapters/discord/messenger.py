"""Sends deliveries as private messages, and looks for those whose answer was lost.

How a message is sent once although answers get lost:

1. Every send carries the parcel's key as its nonce, enforced. For some minutes Discord answers a
   second send with the message that is there; discord.py's own retries are safe for that reason.
   The key is never used for another message: Discord would swallow that silently.
2. So an attempt that began less than SURE_SECONDS ago needs no looking for: sending again is safe.
3. An older one is looked for in the conversation. The history doesn't give nonces back. Messages
   that answer an interaction carry `interaction_metadata`, deliveries don't, so only deliveries are
   compared: by the digest that their buttons name (the person may have pressed one already, which
   changes the message), and, since the attempt, by the first line or by a button that both have.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
    unfound,
)
from adapters.discord.render import components
from adapters.discord.sender import Line, Sender, refusals
from core.domain.deliveries import Delivered, Later, Outcome, Parcel, Reach, Unknown

SURE_SECONDS = 60
"""Discord keeps nonces for "the past few minutes", which are two at least; and what is sent again
may be under way for one."""

OPEN_SECONDS, SEND_SECONDS, LOOK_SECONDS = 15.0, 30.0, 30.0
"""Together less than a minute. discord.py repeats a 500, 502 or 504 for 25 s by itself."""

PAGE, MOST_PAGES = 100, 5
CLOCKS_APART = timedelta(seconds=30)
CLOCK_WRONG = timedelta(hours=12)
"""How far ahead our clock may have been at the attempt, before somebody set it right."""

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
                opened = await line.start_private_message(int(parcel.account.user))
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
        self, line: Line, parcel: Parcel, channel: str, began: datetime
    ) -> Outcome | None:
        """Look from the newest message back to before the attempt; GONE without a conversation."""
        wanted, start = _trait_of(components(parcel.message)), time_snowflake(began)
        oldest = time_snowflake(began - CLOCK_WRONG)
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                async for message in _messages(line, int(channel)):
                    if message is None:
                        return Unknown("more messages than were looked through")
                    if int(message["id"]) < oldest:
                        return None
                    trait = _trait_of(message["components"])
                    since = int(message["id"]) >= start
                    if _is_delivery(message, line) and trait.resembles(wanted, since=since):
                        return Delivered(channel, str(message["id"]))
        except NOT_REACHED as error:
            if isinstance(error, discord.NotFound) and channel == parcel.channel:
                return GONE
            self._look_at(error)
            return unfound(error, line.limited or Reach.PARCEL)
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
    mine: bool = message["author"]["id"] == line.bot_id
    return mine and message.get("interaction_metadata") is None


@dataclass(frozen=True)
class _Trait:
    """By what a message is known again. `digests` are those that its buttons name."""

    first_line: str
    custom_ids: frozenset[str]
    digests: frozenset[str]

    def resembles(self, other: _Trait, *, since: bool) -> bool:
        """Whether it may be the same; words and buttons tell only of messages `since` then."""
        same_line = bool(self.first_line) and self.first_line == other.first_line
        alike = same_line or bool(self.custom_ids & other.custom_ids)
        return (since and alike) or bool(self.digests & other.digests)


def _trait_of(parts: Iterable[Mapping[str, Any]]) -> _Trait:
    everything = list(_walk(parts))
    texts = [str(one["content"]).strip() for one in everything if one.get("content")]
    ids = [str(one["custom_id"]) for one in everything if one.get("custom_id")]
    digests = [found[1] for id in ids if (found := _DIGEST.search(id))]
    first_line = texts[0].split("\n")[0].strip() if texts else ""
    return _Trait(first_line, frozenset(ids), frozenset(digests))


_DIGEST = re.compile(r"[:&]v=(d[0-9]+)\b")


def _walk(parts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in parts:
        yield one
        yield from _walk(one.get("components") or ())
