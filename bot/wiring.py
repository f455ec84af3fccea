"""Builds the bot out of its parts. The only place that knows them all."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import tzlocal
from pydantic import SecretStr

from adapters.discord.service import DiscordService
from adapters.slack.service import SlackService
from adapters.web.guard import LOOPBACK
from adapters.web.playground import Playground
from bot.clock import Clock, Ticker
from bot.courier import Courier
from bot.http import HttpServer
from bot.settings import Settings
from core.caller import Platform
from core.desk import Desk
from core.domain.deliveries import Messenger
from core.mailroom import Mailroom
from core.store.database import Store
from core.store.upgrade import upgrade

log = logging.getLogger(__name__)

MOST_STOPS = 500
"""Digests on the way of one jump in the playground; later ones come together at its end."""
TIDY_EVERY = timedelta(minutes=10)


class Service(Protocol):
    """One platform's side of the process."""

    async def start(self) -> None:
        """Begin to connect, and return at once."""
        ...

    async def stop(self) -> None:
        """Finish what is under way and hang up."""
        ...

    async def check(self) -> list[str]:
        """What is wrong with the settings, each with its fix."""
        ...


class Bot:
    """The process: services that listen, a clock that ticks, a courier that sends."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(settings.squeaky_now)
        self.store = Store(settings.database_url)
        self.desk = Desk(self.store, self.clock.now)
        self.mailroom = Mailroom(self.store, self.clock.now)
        self.services: dict[Platform, Service] = {}
        self.http = HttpServer(settings.http_host, settings.http_port)
        messengers: dict[Platform, Messenger] = {}
        self._add_slack(messengers)
        self._add_discord(messengers)
        self._add_playground(messengers)
        self.courier = Courier(self.mailroom, messengers)
        self._ticker = Ticker(self.tick)
        self._tidied: datetime | None = None
        self._ticking = asyncio.Lock()

    @property
    def http_port(self) -> int:
        """The port that is really listened on; 0 before the start."""
        return self.http.port

    async def start(self) -> None:
        """Bring the database up to date and begin to serve."""
        await upgrade(self.store)
        await self.http.start()
        for service in self.services.values():
            await service.start()
        self._ticker.start()

    async def stop(self) -> None:
        """Take in nothing new, finish what is under way, let go of everything."""
        await self._ticker.stop()
        await asyncio.gather(*(service.stop() for service in self.services.values()))
        await self.http.stop()
        async with self._ticking:
            await self.store.close()

    async def tick(self) -> None:
        """Plan what is due and send what is owed."""
        async with self._ticking:
            await self.mailroom.plan()
            await self.courier.run()
            now = self.clock.now()
            if self._tidied is None or now - self._tidied > TIDY_EVERY:
                self._tidied = now
                await self.mailroom.tidy()

    def _add_slack(self, messengers: dict[Platform, Messenger]) -> None:
        settings = self.settings
        if settings.slack_bot_token is None:
            return
        slack = SlackService(
            bot_token=settings.slack_bot_token.get_secret_value(),
            desk=self.desk,
            now=self.clock.now,
            app_token=_revealed(settings.slack_app_token),
            signing_secret=_revealed(settings.slack_signing_secret),
            api_url=settings.slack_api_url,
        )
        self.services[Platform.SLACK] = slack
        messengers[Platform.SLACK] = slack.messenger
        self.http.add(slack.routes())

    def _add_discord(self, messengers: dict[Platform, Messenger]) -> None:
        settings = self.settings
        if settings.discord_token is None:
            return
        discord = DiscordService(
            settings.discord_token.get_secret_value(),
            self.desk,
            self.clock.now,
            settings.discord_api_url,
            settings.discord_gateway_url,
        )
        self.services[Platform.DISCORD] = discord
        messengers[Platform.DISCORD] = discord.messenger

    def _add_playground(self, messengers: dict[Platform, Messenger]) -> None:
        if not self.settings.wants_playground:
            return
        playground = Playground(
            self.desk,
            PlaygroundClock(self),
            transcript_path=Path(self.settings.playground_file),
            allowed_hosts=(*LOOPBACK, self.settings.http_host, *_hosts(self.settings)),
            zone=_server_zone(),
        )
        messengers[Platform.WEB] = playground.messenger
        self.http.add(playground.routes())


class PlaygroundClock:
    """The clock as the playground moves it: what falls due on the way is delivered."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def now(self) -> datetime:
        """This instant."""
        return self._bot.clock.now()

    async def move_to(self, instant: datetime) -> None:
        """Go on to an instant, and deliver all that is due on the way, each at its own time."""
        stops = 0
        while (due := await self._bot.mailroom.next_digest_at()) and stops < MOST_STOPS:
            if not self.now() < due < instant:
                break
            self._bot.clock.move_to(due)
            await self._bot.tick()
            stops += 1
        self._bot.clock.move_to(instant)
        await self._bot.tick()


async def build(settings: Settings) -> Bot:
    """The bot of these settings, not started yet. Must run inside the event loop."""
    return Bot(settings)


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None


def _hosts(settings: Settings) -> list[str]:
    return [name.strip() for name in settings.playground_hosts.split(",") if name.strip()]


def _server_zone() -> str:
    """This computer's zone, for browsers that don't tell theirs; "" when it can't be told."""
    try:
        return tzlocal.get_localzone_name() or ""
    except Exception:
        return ""
