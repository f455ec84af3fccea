"""Discord as one part of the process: started, supervised, stopped, checked.

A Discord that can't be reached never stops the process: the service tries again, at longer and
longer intervals. Only a token that Discord refuses ends the trying, for no later try would work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from adapters.discord.client import FollowUpClient
from adapters.discord.diagnosis import (
    TOKEN_REFUSED,
    invitation,
    problem_with,
    problems_of,
    refuses_token,
)
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.outcomes import NOT_REACHED
from core.desk import Desk
from core.domain.deliveries import Messenger

DEFAULT_API = Route.BASE
DEFAULT_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY

FIRST_DELAY, LONGEST_DELAY = 5.0, 300.0
"""Seconds between tries: doubled each time."""

STEADY = 600.0
"""Seconds after which a connection that ends counts as a new trouble, not as the old one."""

FINISH = 5.0
"""Seconds that a stop waits for requests at the desk."""

log = logging.getLogger(__name__)


class DiscordService:
    """Runs the bot on Discord.

    - `now` tells the time, aware and in UTC.
    - `api_url` (as https://discord.com/api/v10) and `gateway_url` (as wss://gateway.discord.gg)
      point discord.py elsewhere. It knows one address in a process, so the last service counts.
    """

    def __init__(
        self,
        token: str,
        desk: Desk,
        now: Callable[[], datetime],
        api_url: str | None = None,
        gateway_url: str | None = None,
    ) -> None:
        Route.BASE = api_url.rstrip("/") if api_url else DEFAULT_API
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url) if gateway_url else DEFAULT_GATEWAY
        self._token = token.strip()
        self._desk = desk
        self._client: FollowUpClient | None = None
        self._task: asyncio.Task[None] | None = None
        self.messenger: Messenger = DiscordMessenger(self._logged_in, now)

    @property
    def connected(self) -> bool:
        """Whether commands arrive now."""
        client = self._client
        return client is not None and not client.is_closed() and client.connected

    async def start(self) -> None:
        """Begin connecting; returns at once, whether Discord is there or not."""
        self._task = asyncio.create_task(self._supervise(), name="discord")

    async def stop(self) -> None:
        """Finish what is at the desk, then disconnect."""
        if self._client is not None:
            await self._client.answers.finish(FINISH)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def check(self) -> list[str]:
        """What is wrong with the settings, each with its fix. Asks Discord, changes nothing."""
        client = discord.Client(intents=discord.Intents(guilds=True))
        try:
            async with client:
                await client.login(self._token)
                return problems_of(await client.application_info())
        except (discord.LoginFailure, *NOT_REACHED) as error:
            return [problem_with(error)]

    def install_link(self) -> str:
        """The address at which somebody adds the bot to a server; the portal's if unknown."""
        client = self._client
        return invitation(client.application_id if client is not None else None, self._token)

    def _logged_in(self) -> discord.Client | None:
        client = self._client
        return client if client is not None and client.user is not None else None

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        delay = FIRST_DELAY
        while True:
            began = loop.time()
            error = await self._connect()
            if refuses_token(error):
                log.error(TOKEN_REFUSED)
                return
            delay = FIRST_DELAY if loop.time() - began > STEADY else delay
            log.warning("%s Next try in %.0f s.", problem_with(error), delay)
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _connect(self) -> Exception | None:
        """Run one connection to its end, and give back what ended it."""
        client = self._client = FollowUpClient(self._desk)
        try:
            async with client:
                await client.start(self._token)
        except Exception as error:  # whatever it is, the process goes on without Discord
            return error
        finally:
            self._client = None
        return None
