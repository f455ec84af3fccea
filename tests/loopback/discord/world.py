"""Everything that the loopback Discord knows, and the switches that tests turn."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.loopback.discord.errors import ApiError, Json, Refusal, unknown
from tests.loopback.discord.interactions import Interaction
from tests.loopback.discord.messages import Message
from tests.loopback.discord.payloads import channel_json, guild_json
from tests.loopback.discord.places import INTENT_GUILDS, Channel, Guild, User

T = TypeVar("T")
EPOCH_MS = 1420070400000
Emit = Callable[[str, Json, int | None, int], int]


def _nobody_listens(event: str, data: Json, guild_id: int | None, intent: int) -> int:
    return 0


class Bell:
    """Rings whenever something changed, so that waiting needs no polling."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def wait_until(self, ready: Callable[[], T], seconds: float, what: str) -> T:
        """Wait until `ready()` is true and return it; AssertionError after `seconds`."""
        end = time.monotonic() + seconds
        while not (found := ready()):
            left = end - time.monotonic()
            try:
                await asyncio.wait_for(self._event.wait(), left)
            except TimeoutError:
                raise AssertionError(f"waited {seconds} s in vain for {what}") from None
        return found


@dataclass
class World:
    """The state. Nothing here talks to a socket; the gateway sets `emit`."""

    token: str
    bot: User
    application_id: int
    bell: Bell = field(default_factory=Bell)
    emit: Emit = _nobody_listens

    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    # The bot's messages by their nonces, oldest first.
    by_nonce: dict[str, list[Message]] = field(default_factory=dict, repr=False)
    # Commands by guild id, None for the global ones.
    commands: dict[int | None, list[Json]] = field(default_factory=dict)

    # Files that people put into forms, by id; `files_url` is where they lie.
    chosen: dict[int, tuple[str, bytes]] = field(default_factory=dict, repr=False)
    files_url: str = ""

    refusals: list[Refusal] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    late_responses: list[Interaction] = field(default_factory=list)
    double_responses: list[Interaction] = field(default_factory=list)
    swallowed: list[Json] = field(default_factory=list)
    invalid_requests: int = 0
    # What the gateway's address comes with: shards advised, and how often a bot may still connect.
    advised_shards: int = 1
    sessions_left: int = 999
    command_creations: int = 0
    command_syncs: int = 0

    response_seconds: float = 3.0
    token_seconds: float = 900.0
    nonce_seconds: float = 300.0
    nonce_in_history: bool = False
    # Who may install the bot, as its owner set it: servers (0), people for themselves (1).
    integration_types: tuple[int, ...] = (0, 1)
    # Discord doesn't say whether a bot may write first to those who only installed it themselves.
    installs_open_dms: bool = False
    privileged_intents: int = 0
    clock_offset: float = 0.0
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> float:
        """Seconds since 1970, plus what the test skipped."""
        return time.time() + self.clock_offset

    def new_id(self) -> int:
        """A snowflake that carries the time. Ids grow strictly."""
        milliseconds = int(self.now() * 1000) - EPOCH_MS
        return (milliseconds << 22) | (next(self._ids) & 0x3FFFFF)

    def channel(self, channel_id: str) -> Channel:
        """The channel if it is there and the bot may see it."""
        channel = self.channels.get(int(channel_id))
        if channel is None or channel.deleted:
            raise unknown("Channel")
        outside = bool(channel.people) or (channel.guild and not channel.guild.bot_inside)
        if not channel.bot_can_see or outside:
            raise ApiError(403, 50001, "Missing Access")
        return channel

    def guild(self, guild_id: str) -> Guild:
        """The guild if the bot is in it."""
        guild = self.guilds.get(int(guild_id))
        if guild is None or not guild.bot_inside:
            raise unknown("Guild")
        return guild

    def dm(self, user: User) -> Channel:
        """The DM channel of the bot and the person, made when there is none."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        made = Channel(self.new_id(), user.name, self, recipient=user)
        self.channels[made.id] = made
        return made

    def group(self, name: str, *people: User) -> Channel:
        """A private channel of people without the bot: a DM of two, or a group DM."""
        made = Channel(self.new_id(), name, self, people=people)
        self.channels[made.id] = made
        return made

    def by_token(self, token: str) -> Interaction | None:
        """The interaction with that token."""
        return next((one for one in self.interactions.values() if one.token == token), None)

    def may_write_to(self, user: User) -> bool:
        """Whether Discord takes the bot's DMs to this person at all."""
        return self.shares_guild(user) or (self.installs_open_dms and user.installed)

    def shares_guild(self, user: User) -> bool:
        """Whether the bot and the person are in a guild together."""
        return any(guild.bot_inside and user.id in guild.members for guild in self.guilds.values())

    def all_messages(self) -> list[Message]:
        """Every message of every channel, by time."""
        found = [one for channel in self.channels.values() for one in channel.messages]
        return sorted(found, key=lambda one: one.id)

    def channel_changed(self, event: str, channel: Channel) -> None:
        """Tell the bot of a made, changed or deleted channel, whether it may see it or not."""
        if channel.guild is not None and channel.guild.bot_inside:
            self.emit(event, channel_json(channel), channel.guild.id, INTENT_GUILDS)
        self.bell.ring()

    def guild_changed(self, event: str, guild: Guild) -> None:
        """Tell the bot that it came into a guild, or was thrown out."""
        data: Json = {"id": str(guild.id)}
        if event == "GUILD_CREATE":
            data = guild_json(self, guild)
            del data["unavailable"]  # it stands only where a server was expected after READY
        self.emit(event, data, guild.id, INTENT_GUILDS)
        self.bell.ring()
