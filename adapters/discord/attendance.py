"""Who is in a server of Discord now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

import discord

from adapters.discord.outcomes import NOT_REACHED
from adapters.discord.sender import Line, Sender
from core.caller import Room
from core.domain.deliveries import Later

SECONDS = 15.0
"""For one question; discord.py waits by itself for its turn."""
UNKNOWN_MEMBER, UNKNOWN_USER = 10007, 10013

log = logging.getLogger(__name__)


class DiscordAttendance:
    """Asks for members one by one; see `core.domain.deliveries.Attendance`.

    Listing all of them would need an intent that Discord grants few bots. Whether a member can
    still see the channel is not looked at: that hangs on roles which nobody tells us of.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        """Those of them who are in the server; None when Discord doesn't say of any one."""
        line = await self._sender.line()
        if isinstance(line, Later):
            return None
        here = set()
        for user in sorted(users):
            found = await self._is_member(line, room, user)
            if found is None:
                return None
            if found:
                here.add(user)
        return frozenset(here)

    async def _is_member(self, line: Line, room: Room, user: str) -> bool | None:
        try:
            async with asyncio.timeout(SECONDS):
                await line.get_member(int(room.server), int(user))
        except discord.NotFound as error:
            if error.code in (UNKNOWN_MEMBER, UNKNOWN_USER):
                return False
            log.warning("Discord: a server could not be looked into: %s", error.code)
            return None
        except NOT_REACHED as error:
            if isinstance(error, discord.HTTPException) and error.status == 401:
                self._sender.refused()
            log.warning("Discord: a server could not be looked into: %s", type(error).__name__)
            return None
        return True
