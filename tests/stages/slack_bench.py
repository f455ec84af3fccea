"""The Slack adapter between a loopback Slack and a desk that says what a test tells it to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from adapters.slack.client import TIMEOUT, new_session, web_client
from adapters.slack.messenger import SlackMessenger
from adapters.slack.service import SlackService
from core.caller import Account, Caller, Platform
from core.departures import Departures
from core.desk import Desk
from core.domain.comings import Comings
from core.domain.deliveries import Delivered, Parcel
from core.reply import Message, Paragraph, Reply, Suggestion
from core.text import say
from tests.loopback.slack import Person, SlackServer

SECRET = "loopback-signing-secret"


def message(*lines: str) -> Message:
    """A message of one paragraph."""
    return Message((Paragraph(tuple(say(line) for line in lines)),))


def parcel(message: Message, *, key: str = "d17", user: str = "U1") -> Parcel:
    """A delivery to somebody in the workspace whose channel isn't known yet."""
    account = Account(Platform.SLACK, "T1", user)
    return Parcel(id=1, key=key, to=account, account_id=1, channel="", message=message)


@dataclass(frozen=True)
class Asked:
    """One request that the desk got."""

    way: str
    what: str
    caller: Caller
    values: Mapping[str, str] = field(default_factory=dict)


class DeskDouble(Desk):
    """Records what it is asked and gives the replies that a test put there, the last for ever.

    A reply that is an exception is raised. `pause` holds every answer back until it is set.
    """

    def __init__(self, *replies: Reply | Exception) -> None:
        self.replies: list[Reply | Exception] = list(replies) or [Reply(message("Done."))]
        self.asked: list[Asked] = []
        self.pause: asyncio.Event | None = None
        self.suggestions: list[Suggestion] = []
        self.suggested: list[tuple[str, str, str]] = []

    async def line(self, text: str, caller: Caller) -> Reply:
        return await self._reply(Asked("line", text, caller))

    async def typed(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._reply(Asked("typed", verb, caller, values))

    async def form(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._reply(Asked("form", verb, caller, values))

    async def press(self, token: str, caller: Caller) -> Reply:
        return await self._reply(Asked("press", token, caller))

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        return await self._reply(Asked("submit", token, caller, values))

    async def suggest(
        self, verb: str, field: str, text: str, caller: Caller
    ) -> Sequence[Suggestion]:
        self.suggested.append((verb, field, text))
        if self.pause is not None:
            await self.pause.wait()
        return self.suggestions

    async def home(self, account: Account) -> Message | None:
        return None

    async def _reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.pause is not None:
            await self.pause.wait()
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply


@dataclass
class Bench:
    """A running adapter, its Slack and its desk. `dana` is in the workspace."""

    server: SlackServer
    service: SlackService
    desk: DeskDouble
    dana: Person

    async def deliver(self, message: Message) -> None:
        """Send Dana a direct message, as the courier does."""
        outcome = await self.service.messenger.send(parcel(message, user=self.dana.id))
        assert isinstance(outcome, Delivered)


def wall_clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def service_for(
    server: SlackServer,
    desk: Desk,
    *,
    http: bool = False,
    bot_token: str = "",
    listens: bool = True,
    departures: Departures | None = None,
    comings: Comings | None = None,
    give_up: float = 60.0,
) -> SlackService:
    """The adapter as the bot makes it, with a watchdog in a hurry."""
    return SlackService(
        bot_token=bot_token or server.team().bot_token,
        desk=desk,
        now=wall_clock,
        app_token=None if http else server.app_token,
        signing_secret=SECRET if http else None,
        api_url=server.api_url,
        listens=listens,
        departures=departures,
        comings=comings,
        watch=0.05,
        ping=0.2,
        give_up=give_up,
    )


@asynccontextmanager
async def messenger_for(
    server: SlackServer, *, seconds: float = TIMEOUT
) -> AsyncIterator[SlackMessenger]:
    """A messenger as the adapter makes it; `seconds` is its patience for one call."""
    web = web_client(server.team().bot_token, server.api_url)
    async with new_session(seconds) as web.session:
        yield SlackMessenger(web, wall_clock)


@asynccontextmanager
async def bench(
    *replies: Reply | Exception, http: bool = False, give_up: float = 60.0
) -> AsyncIterator[Bench]:
    """Everything running; afterwards Slack must have had nothing to complain of."""
    async with SlackServer() as server:
        desk = DeskDouble(*replies)
        service = service_for(server, desk, http=http, give_up=give_up)
        dana = server.user("U1", "dana", tz="Europe/Berlin", locale="de-DE")
        await service.start()
        try:
            if http:
                async with serving(service) as url:
                    server.use_http(f"{url}/slack/events", SECRET)
                    yield Bench(server, service, desk, dana)
            else:
                await server.connected()
                yield Bench(server, service, desk, dana)
        finally:
            await service.stop()
        server.assert_clean()


@asynccontextmanager
async def serving(service: SlackService) -> AsyncIterator[str]:
    """The adapter's routes in a web application of their own; the address of it."""
    app = web.Application()
    app.add_routes(service.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
