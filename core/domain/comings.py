"""What platforms tell of channels and of who is in them, as whoever keeps clubs hears it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from core.caller import Account, Platform, Room


class Shut(StrEnum):
    """Why nothing can be posted in a room any more."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    REMOVED = "removed"  # the bot is no longer in it
    FORBIDDEN = "forbidden"  # it is, and may not see it or write there


class Comings(Protocol):
    """Hears of every channel that the bot can see, whether there is a club in it or not.

    Each of these may be said twice, in any order, and of rooms and people that nobody knows.
    Raises when it could not be written down: it is told again then.
    """

    async def shut(self, room: Room, why: Shut) -> None:
        """Nothing can be posted there now."""
        ...

    async def opened(self, room: Room) -> None:
        """The bot is in it and can post there."""
        ...

    async def server_shut(self, platform: Platform, server: str, why: Shut) -> None:
        """Nothing can be posted in any room of a server (`Room.server`)."""
        ...

    async def server_opened(self, platform: Platform, server: str) -> None:
        """The bot is in the server again; a room of it may still be closed to it."""
        ...

    async def went(self, room: Room, account: Account) -> None:
        """Somebody is no longer in the room."""
        ...

    async def went_everywhere(self, account: Account) -> None:
        """An account was deactivated: it is no longer in any room."""
        ...
