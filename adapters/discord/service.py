"""Discord as one part of the process: started, stopped, checked.

Sending and listening are apart. Any process sends, through the messenger; who listens as well holds
a shard. Neither stops the process when Discord can't be reached.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from adapters.discord.attendance import DiscordAttendance
from adapters.discord.client import FollowUpClient
from adapters.discord.diagnosis import (
    OWN_INSTALL_OFF,
    invitation,
    own_install_is_off,
    own_invitation,
    problem_with,
    problems_of,
    problems_of_gateway,
)
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.outcomes import NOT_REACHED, lack_in_room
from adapters.discord.sender import Sender
from adapters.discord.shards import RELUCTANCE, Shard
from core.caller import Room
from core.desk import Desk
from core.domain.comings import Comings
from core.domain.deliveries import Attendance, Messenger
from core.duty import Duty

DEFAULT_API = Route.BASE
DEFAULT_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY


class DiscordService:
    """Runs the bot on Discord.

    - `now` tells the time, aware and in UTC.
    - `api_url` (as https://discord.com/api/v10) and `gateway_url` (as wss://gateway.discord.gg)
      point discord.py elsewhere. It knows one address in a process, so the last service counts.
    - `duties`: one for each shard, in order. Without any there is one connection, and nobody to
      share it with.
    - `listens`: without it only the messenger and the attendance work.
    - `comings`: hears what happens to channels and servers.
    """

    def __init__(
        self,
        token: str,
        desk: Desk,
        now: Callable[[], datetime],
        api_url: str | None = None,
        gateway_url: str | None = None,
        *,
        duties: Sequence[Duty] = (),
        listens: bool = True,
        comings: Comings | None = None,
    ) -> None:
        Route.BASE = api_url.rstrip("/") if api_url else DEFAULT_API
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url) if gateway_url else DEFAULT_GATEWAY
        self._token = token.strip()
        self._sender = Sender(self._token)
        count = len(duties) or 1
        self._shards = [
            Shard(
                self._token,
                self._sender,
                partial(FollowUpClient, desk, shard, count, comings),
                duties[shard] if duties else None,
                self._holds_any,
            )
            for shard in range(count if listens else 0)
        ]
        self._tasks: list[asyncio.Task[None]] = []
        self._own_install_is_off = False
        self.messenger: Messenger = DiscordMessenger(self._sender, now)
        self.attendance: Attendance = DiscordAttendance(self._sender)

    @property
    def connected(self) -> bool:
        """Whether commands arrive now: on each shard that this process holds, and it holds one."""
        return self._holds_any() and all(one.connected for one in self._shards if one.held)

    @property
    def standing_by(self) -> bool:
        """Whether it holds no shard: another process listens, or will in a moment."""
        return not self._holds_any()

    async def start(self) -> None:
        """Begin connecting; returns at once, whether Discord is there or not."""
        self._tasks = [asyncio.create_task(self._sender.ready(), name="discord sender")]
        for number, shard in enumerate(self._shards):
            running = shard.run(wait=number * RELUCTANCE)
            self._tasks.append(asyncio.create_task(running, name=f"discord shard {number}"))

    async def stop(self) -> None:
        """Hang up, let others listen, and finish what is at the desk: in less than 5 seconds."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._sender.close()

    async def check(self, rooms: Sequence[Room] = ()) -> list[str]:
        """What is wrong with the settings and in the rooms of clubs, each with its fix.

        Asks Discord, changes nothing.
        """
        client = discord.Client(intents=discord.Intents(guilds=True))
        try:
            async with client:
                await client.login(self._token)
                application = await client.application_info()
                self._own_install_is_off = own_install_is_off(application)
                found = problems_of(application)
                gateway = await client.http.request(Route("GET", "/gateway/bot"))
                limit = gateway["session_start_limit"]
                found += problems_of_gateway(
                    gateway["shards"], len(self._shards) or 1, limit["remaining"],
                    limit["reset_after"],
                )  # fmt: skip
                for room in rooms:
                    found += await _lacks(client, room)
                return found
        except (discord.LoginFailure, *NOT_REACHED) as error:
            return [problem_with(error)]

    def install_link(self) -> str:
        """The address at which somebody adds the bot to a server; the portal's if unknown."""
        return invitation(self._application_id, self._token)

    def own_install_link(self) -> str:
        """The address at which somebody adds the bot to their own account, or why nobody can.

        Whether they can is known once `check` has asked.
        """
        if self._own_install_is_off:
            return OWN_INSTALL_OFF
        return own_invitation(self._application_id, self._token)

    @property
    def _application_id(self) -> int | None:
        known = (one.client.application_id for one in self._shards if one.client is not None)
        return next(known, None)

    def _holds_any(self) -> bool:
        return any(shard.held for shard in self._shards)


async def _lacks(client: discord.Client, room: Room) -> list[str]:
    """What the bot lacks in a club's channel, which goes by its id."""
    try:
        await client.http.get_channel(int(room.channel))
    except discord.HTTPException as error:
        lack = lack_in_room(error)
        return [f"The club in {room.channel}: {lack}"] if lack else []
    return []
