"""Who is in a server of Discord now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

import discord

from adapters.discord.outcomes import MISSING_ACCESS, NOT_REACHED, UNKNOWN_CHANNEL
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

    async def writable(self, room: Room) -> bool | None:
        """Whether Discord shows the bot the channel. One that can't be written to is still there,
        and the next post says what it lacks.
        """
        line = await self._sender.line()
        if isinstance(line, Later):
            return None
        try:
            async with asyncio.timeout(SECONDS):
                await line.get_channel(int(room.channel))
        except NOT_REACHED as error:
            self._note("channel", error)
            return False if _is_gone(error) else None
        return True

    async def _is_member(self, line: Line, room: Room, user: str) -> bool | None:
        try:
            async with asyncio.timeout(SECONDS):
                await line.get_member(int(room.server), int(user))
        except NOT_REACHED as error:
            nobody = (UNKNOWN_MEMBER, UNKNOWN_USER)
            if isinstance(error, discord.NotFound) and error.code in nobody:
                return False
            self._note("server", error)
            return None
        return True

    def _note(self, what: str, error: Exception) -> None:
        code: object = type(error).__name__
        if isinstance(error, discord.HTTPException):
            code = error.code or error.status
            if error.status == 401:
                self._sender.refused()
        log.warning("Discord: a %s could not be looked into: %s", what, code)


def _is_gone(error: Exception) -> bool:
    """Whether the channel is gone, or the bot from it."""
    gone = (UNKNOWN_CHANNEL, MISSING_ACCESS)
    return isinstance(error, discord.HTTPException) and error.code in gone
