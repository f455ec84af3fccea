"""What happens to channels and servers, as the gateway tells it.

Who leaves a server is not told: that needs an intent that Discord grants few bots.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord

from core.caller import Platform, Room
from core.domain.comings import Comings, Shut
from core.telling import PAUSES, told


class Happenings:
    """Passes on what the gateway says to whoever keeps clubs; without anybody, nothing."""

    def __init__(self, comings: Comings | None) -> None:
        self._comings = comings

    async def channel_deleted(self, channel: int, server: int) -> None:
        """A channel or thread is gone."""
        room = _room(channel, server)
        await self._tell(lambda comings: comings.shut(room, Shut.DELETED))

    async def channel_changed(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is not as it was: the bot may have lost it, or have it again."""
        room = _room(channel.id, channel.guild.id)
        may = channel.permissions_for(channel.guild.me)
        if may.view_channel and may.send_messages:
            await self._tell(lambda comings: comings.opened(room))
        else:
            await self._tell(lambda comings: comings.shut(room, Shut.FORBIDDEN))

    async def server_left(self, server: int) -> None:
        """The bot was thrown out, or the server is gone."""
        await self._tell(
            lambda comings: comings.server_shut(Platform.DISCORD, str(server), Shut.REMOVED)
        )

    async def server_joined(self, server: int) -> None:
        """The bot was added to a server, perhaps again."""
        await self._tell(lambda comings: comings.server_opened(Platform.DISCORD, str(server)))

    async def _tell(self, tell: Callable[[Comings], Awaitable[None]]) -> None:
        comings = self._comings
        if comings is not None:
            await told("Discord: a change of a channel", lambda: tell(comings), PAUSES)


def _room(channel: int, server: int) -> Room:
    return Room(Platform.DISCORD, "", str(channel), server=str(server))
