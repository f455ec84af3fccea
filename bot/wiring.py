"""Builds the bot out of its parts. The only place that knows them all."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import tzlocal
from pydantic import SecretStr

from adapters.discord.manners import MANNERS as DISCORD_MANNERS
from adapters.discord.service import DiscordService
from adapters.slack.manners import MANNERS as SLACK_MANNERS
from adapters.slack.many import Distribution
from adapters.slack.service import SlackService
from adapters.web.guard import LOOPBACK
from adapters.web.playground import Playground
from adapters.web.site import Site
from bot.clock import Clock, Ticker, log_failure
from bot.courier import PATIENCE, Courier
from bot.health import Connected, Health
from bot.http import HttpServer
from bot.metrics import Answer, LoopLag, Metrics
from bot.outage import Outage
from bot.roles import EVERYTHING, Role
from bot.settings import Settings
from core.caller import Platform, Room
from core.closings import Closings
from core.comings import ClubComings
from core.departures import Departures
from core.desk import Desk
from core.domain.deliveries import Attendance, Messenger, Outcome, Parcel
from core.domain.pacing import Manners
from core.duty import LEASE as DUTY_LEASE
from core.duty import Duty
from core.installations import Installations
from core.mailroom import Mailroom
from core.overview import Overview
from core.precedence import Precedence
from core.reply import Reply
from core.rollcall import RollCall
from core.store.database import DATABASE_ERRORS, Store
from core.store.deliveries import LEASE
from core.store.sealing import UnknownKey
from core.store.seals import SealProblem, hold
from core.store.upgrade import upgrade

log = logging.getLogger(__name__)

MOST_STOPS = 500
"""Digests on the way of one jump in the playground; later ones come together at its end."""
TIDY_EVERY = timedelta(minutes=10)
LAST_TICK, LAST_SENDS, GOODBYE = 0.5, 3.0, 0.5
"""Seconds that a stop waits for a tick, for messages on their way and for the database; with 5 for
services and what the courier needs to write, less than 10 in all."""


class Service(Protocol):
    """One platform's side of the process."""

    async def start(self) -> None:
        """Begin to connect, and return at once."""
        ...

    async def stop(self) -> None:
        """Finish what is under way and hang up."""
        ...

    async def check(self, rooms: Sequence[Room] = ()) -> list[str]:
        """What is wrong with the settings and in these rooms of clubs, each with its fix."""
        ...

    @property
    def connected(self) -> bool:
        """Whether requests reach this process."""
        ...

    @property
    def standing_by(self) -> bool:
        """Whether another process listens instead."""
        ...


@dataclass(frozen=True)
class Tuning:
    """How deliveries go out, where the measured defaults don't suit."""

    manners: Mapping[Platform, Manners] = field(
        default_factory=lambda: {Platform.SLACK: SLACK_MANNERS, Platform.DISCORD: DISCORD_MANNERS}
    )
    lease: timedelta = LEASE
    patience: float = PATIENCE
    duty_lease: timedelta = DUTY_LEASE


class Bot:
    """The process: services that listen, a clock that ticks, a courier that sends."""

    def __init__(
        self,
        settings: Settings,
        roles: frozenset[Role] = EVERYTHING,
        tuning: Tuning | None = None,
    ) -> None:
        self.settings = settings
        self.roles = roles
        self._tuning = tuning or Tuning()
        self.clock = Clock(settings.squeaky_now)
        self.store = Store(settings.database_url, keys=settings.keys)
        self._outage = Outage()
        self.metrics = Metrics(_served(settings))
        precedence = Precedence()
        self.desk = Desk(self.store, self.clock.now, self._heard, precedence, secrets.token_bytes)
        self.mailroom = Mailroom(
            self.store, self.clock.now, self._tuning.manners, self._tuning.lease, precedence
        )
        self.departures = Departures(self.store, self.clock.now)
        self.comings = ClubComings(self.store, self.clock.now)
        attendances: dict[Platform, Attendance] = {}
        self.services: dict[Platform, Service] = {}
        self.http = HttpServer(settings.http_host, settings.http_port)
        self.site = Site(slack=settings.is_distributed, discord=self._discord_link)
        messengers: dict[Platform, Messenger] = {}
        self._add_slack(messengers, attendances)
        self._add_discord(messengers, attendances)
        self._add_playground(messengers, attendances)
        self._add_site()
        self.rollcall = RollCall(self.store, self.clock.now, attendances)
        self.closings = Closings(self.store, self.clock.now, attendances)
        self.courier = Courier(
            self.mailroom,
            messengers if Role.COURIER in roles else {},
            self.clock.now,
            settled=self.clock.settled,
            lease=self._tuning.lease,
            patience=self._tuning.patience,
            note=self._note,
            outage=self._outage,
        )
        self._ticker = Ticker(self._pulse, failed=self._failed)
        self._lag = LoopLag(self.metrics.lagged)
        self.overview = Overview(self.store, self.clock.now, _served(settings))
        self.http.add(Health(self.overview, self._listening(), self.metrics).routes())
        self._tidied: datetime | None = None
        self._planning = asyncio.Lock()
        self._calling: asyncio.Task[None] | None = None

    @property
    def http_port(self) -> int:
        """The port that is really listened on; 0 before the start."""
        return self.http.port

    async def start(self) -> None:
        """Bring the database up to date and begin to serve."""
        await upgrade(self.store)
        if not (await hold(self.store)).whole:
            log.warning(
                "SECRET_KEY: not all in the database is sealed with its first key yet: "
                "python -m bot reseal does that"
            )
        await self.http.start()
        for service in self.services.values():
            await service.start()
        self._ticker.start()
        self._lag.start()

    async def stop(self) -> None:
        """Take in nothing new, finish what is under way, let go of everything.

        It takes less than the 10 seconds that who stops a process usually waits.
        """
        await self.desk.close()
        await self._lag.stop()
        await self._ticker.stop(LAST_TICK)
        if self._calling is not None:
            self._calling.cancel()
            await asyncio.gather(self._calling, return_exceptions=True)
        await self.courier.stop(LAST_SENDS)
        await asyncio.gather(
            self.http.stop(), *(service.stop() for service in self.services.values())
        )
        await self.store.close(GOODBYE)

    async def tick(self) -> None:
        """Plan what is due and send what is owed, and return when it is done."""
        await self.rollcall.call()
        await self._plan()
        await self.courier.run()

    async def _pulse(self) -> None:
        """Plan what is due, and let the courier go while others have their turn."""
        if Role.COURIER in self.roles and self.clock.settled(self._tuning.lease):
            self._call_the_roll()
            await self._plan(self.courier.nudge)
            self.courier.nudge()
            await self._tidy()

    def _call_the_roll(self) -> None:
        """In the background: a platform that is slow holds up no digest."""
        if self._calling is None or self._calling.done():
            self._calling = asyncio.create_task(self._called(), name="roll call")

    async def _called(self) -> None:
        try:
            await self.rollcall.call()
            await self.closings.look()
        except Exception as error:
            self._failed(error)

    async def _plan(self, some_planned: Callable[[], None] = lambda: None) -> None:
        async with self._planning:
            happened = 1
            while happened:  # a few clubs at a time: digests that fall due meanwhile don't wait
                planned = await self.mailroom.plan(some_planned)
                self.metrics.planned(planned)
                happened = await self.mailroom.plan_clubs()
                if planned or happened:
                    self._outage.over()
                    some_planned()

    def _failed(self, error: Exception) -> None:
        self.metrics.tick_failed()
        if isinstance(error, DATABASE_ERRORS):
            self._outage.noticed(error)
        else:
            log_failure(error)

    async def _tidy(self) -> None:
        now = self.clock.now()
        if self._tidied is None or now - self._tidied > TIDY_EVERY:
            self._tidied = now
            await self.mailroom.tidy()
            await self.departures.erase_old()

    def _note(self, parcel: Parcel, outcome: Outcome) -> None:
        late = self.clock.now() - parcel.planned_at if parcel.planned_at else timedelta(0)
        self.metrics.delivered(parcel, outcome, late.total_seconds())

    def _heard(self, reply: Reply | None) -> None:
        if reply is None:
            self.metrics.asked(Answer.FAILED)
        else:
            self.metrics.asked(Answer.REFUSED if reply.refused else Answer.ANSWERED)

    def _listening(self) -> dict[Platform, Connected]:
        """The platforms that this process hears, and how to ask whether it does now."""
        roles = {Platform.SLACK: Role.SLACK, Platform.DISCORD: Role.DISCORD}
        return {
            platform: lambda service=service: _connected(service)  # type: ignore[misc]
            for platform, service in self.services.items()
            if roles[platform] in self.roles
        }

    def _add_slack(
        self, messengers: dict[Platform, Messenger], attendances: dict[Platform, Attendance]
    ) -> None:
        settings = self.settings
        if not settings.wants_slack or not self.roles & {Role.SLACK, Role.COURIER}:
            return
        slack = SlackService(
            bot_token=_revealed(settings.slack_bot_token) or "",
            desk=self.desk,
            now=self.clock.now,
            app_token=_revealed(settings.slack_app_token),
            signing_secret=_revealed(settings.slack_signing_secret),
            api_url=settings.slack_api_url,
            listens=Role.SLACK in self.roles,
            departures=self.departures,
            comings=self.comings,
            distribution=self._distribution(),
        )
        self.services[Platform.SLACK] = slack
        messengers[Platform.SLACK] = slack.messenger
        attendances[Platform.SLACK] = slack.attendance
        self.http.add(slack.routes())

    def _distribution(self) -> Distribution | None:
        """What lets workspaces install the bot by themselves, if that is wanted."""
        settings = self.settings
        id, secret = settings.slack_client_id, _revealed(settings.slack_client_secret)
        if not id or not secret or not settings.public_url:
            return None
        return Distribution(
            (id, secret),
            settings.public_url,
            Installations(self.store, self.clock.now, id),
            self.site,
        )

    def _add_site(self) -> None:
        """The pages for everybody, where there is an address for everybody."""
        if self.settings.public_url and self.roles & {Role.SLACK, Role.DISCORD}:
            self.http.add(self.site.routes())

    def _discord_link(self) -> str:
        """Where somebody adds the bot to a server; "" while that is not known."""
        service = self.services.get(Platform.DISCORD)
        link = service.install_link() if isinstance(service, DiscordService) else ""
        return link if "client_id=" in link else ""

    def _add_discord(
        self, messengers: dict[Platform, Messenger], attendances: dict[Platform, Attendance]
    ) -> None:
        settings = self.settings
        if settings.discord_token is None or not self.roles & {Role.DISCORD, Role.COURIER}:
            return
        discord = DiscordService(
            settings.discord_token.get_secret_value(),
            self.desk,
            self.clock.now,
            settings.discord_api_url,
            settings.discord_gateway_url,
            duties=self._gateway_duties(),
            listens=Role.DISCORD in self.roles,
            comings=self.comings,
        )
        self.services[Platform.DISCORD] = discord
        messengers[Platform.DISCORD] = discord.messenger
        attendances[Platform.DISCORD] = discord.attendance

    def _gateway_duties(self) -> list[Duty]:
        """One for each shard: only one process listens to it."""
        here = f"{socket.gethostname()[:20]} {os.getpid()} {secrets.token_hex(4)}"
        count = self.settings.discord_shards
        return [
            Duty(
                self.store,
                self.clock.now,
                f"Discord gateway {shard + 1} of {count}",
                here,
                self._tuning.duty_lease,
            )
            for shard in range(count)
        ]

    def _add_playground(
        self, messengers: dict[Platform, Messenger], attendances: dict[Platform, Attendance]
    ) -> None:
        if not self.settings.wants_playground or Role.PLAYGROUND not in self.roles:
            return
        playground = Playground(
            self.desk,
            PlaygroundClock(self),
            transcript_path=Path(self.settings.playground_file),
            allowed_hosts=(*LOOPBACK, self.settings.http_host, *_hosts(self.settings)),
            zone=_server_zone(),
            seal=self.store.keys,
        )
        messengers[Platform.WEB] = playground.messenger
        attendances[Platform.WEB] = playground.attendance
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
        while (due := await self._bot.mailroom.next_planned_at()) and stops < MOST_STOPS:
            if not self.now() < due < instant:
                break
            self._bot.clock.move_to(due)
            await self._bot.tick()
            stops += 1
        self._bot.clock.move_to(instant)
        await self._bot.tick()


async def build(
    settings: Settings, roles: frozenset[Role] = EVERYTHING, tuning: Tuning | None = None
) -> Bot:
    """The bot of these settings, not started yet. Must run inside the event loop.

    Raises SealProblem where the file of the playground is sealed with another key.
    """
    try:
        return Bot(settings, roles, tuning)
    except UnknownKey:
        raise SealProblem(
            f"SECRET_KEY: {settings.playground_file} (PLAYGROUND_FILE) is sealed with another key: "
            "add that one after the first, with a comma between, or move the file away"
        ) from None


def _connected(service: Service) -> bool | None:
    return None if service.standing_by else service.connected


def _served(settings: Settings) -> list[Platform]:
    """The platforms that all processes with these settings serve together."""
    wanted = {
        Platform.SLACK: settings.wants_slack,
        Platform.DISCORD: settings.wants_discord,
        Platform.WEB: settings.wants_playground,
    }
    return [platform for platform, is_wanted in wanted.items() if is_wanted]


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
