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
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.utils import utcnow

from adapters.discord.outcomes import NOT_REACHED, SOON, UNKNOWN_CHANNEL, outcome_of
from adapters.discord.render import components, layout
from core.domain.deliveries import Delivered, Later, Outcome, Parcel, Unknown

NONCE_SECONDS = 120
"""Discord keeps nonces for "the past few minutes"; this is the least that can mean."""

SEND_SECONDS = 45.0
"""discord.py retries a 500, 502 or 504 for 25 s by itself."""

HISTORY = 50
CLOCKS_APART = timedelta(seconds=30)

log = logging.getLogger(__name__)

NOT_CONNECTED = Later(SOON, "not connected to Discord")


class DiscordMessenger:
    """The courier's way to Discord. `client` gives the logged-in client, or None without one."""

    def __init__(
        self, client: Callable[[], discord.Client | None], now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """Send once, with the parcel's key as nonce. Raises nothing for Discord or the network."""
        client = self._client()
        if client is None:
            return NOT_CONNECTED
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._deliver(client, parcel)
        except TimeoutError as error:
            return outcome_of(error)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for an earlier attempt; None also when sending again can't make a second one."""
        since = parcel.doubtful_since
        if since is None:
            return None
        age = self._now() - since
        if age < timedelta(seconds=NONCE_SECONDS):
            return None
        client = self._client()
        if client is None:
            return NOT_CONNECTED
        # Discord's ids tell real time, which `now` need not be: only the age is taken from it.
        after = utcnow() - age - CLOCKS_APART
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await _search(client, parcel, after)
        except (discord.Forbidden, discord.NotFound):
            return None
        except NOT_REACHED as error:
            return _asked_in_vain(error)

    async def _deliver(self, client: discord.Client, parcel: Parcel) -> Outcome:
        if parcel.channel:
            outcome = await _post(client, int(parcel.channel), parcel)
            if outcome is not None:
                return outcome
        try:
            channel = await _open(client, parcel)
        except NOT_REACHED as error:
            return _asked_in_vain(error)
        return await _post(client, channel, parcel) or Later(SOON, "the conversation went away")


async def _open(client: discord.Client, parcel: Parcel) -> int:
    """The private conversation's id. Discord gives back the one that exists."""
    channel = await client.create_dm(discord.Object(int(parcel.account.user)))
    return channel.id


async def _post(client: discord.Client, channel: int, parcel: Parcel) -> Outcome | None:
    """Send into a conversation; None when there is no such conversation any more."""
    try:
        sent = await client.get_partial_messageable(channel).send(
            view=layout(parcel.message),
            nonce=parcel.key,
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except NOT_REACHED as error:
        if isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL:
            return None
        return outcome_of(error)
    return Delivered(str(channel), str(sent.id))


async def _search(client: discord.Client, parcel: Parcel, after: datetime) -> Outcome | None:
    channel = int(parcel.channel) if parcel.channel else await _open(client, parcel)
    wanted = _trait_of(components(parcel.message))
    history = client.get_partial_messageable(channel).history(after=after, limit=HISTORY)
    async for message in history:
        mine = client.user is not None and message.author.id == client.user.id
        if not mine or message.interaction_metadata is not None:
            continue
        if _trait_of([one.to_dict() for one in message.components]).resembles(wanted):
            return Delivered(str(channel), str(message.id))
    return None


def _asked_in_vain(error: Exception) -> Outcome:
    """A question has no effect, so an answer that was lost means: ask again."""
    outcome = outcome_of(error)
    return Later(SOON, outcome.reason) if isinstance(outcome, Unknown) else outcome


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
