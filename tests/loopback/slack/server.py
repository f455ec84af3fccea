from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.loopback.dates import tells_time
from tests.loopback.slack.delivering import Delivering
from tests.loopback.slack.delivery import Ack
from tests.loopback.slack.errors import Ledger
from tests.loopback.slack.faults import Faults, RateLimits
from tests.loopback.slack.handles import Handles
from tests.loopback.slack.httpmode import HttpMode
from tests.loopback.slack.installing import Installing
from tests.loopback.slack.lifecycle import Lifecycle
from tests.loopback.slack.model import JSON, Channel, Message, User, Workspace
from tests.loopback.slack.oauth import OAuth
from tests.loopback.slack.payloads import Payloads
from tests.loopback.slack.person import Person
from tests.loopback.slack.reports import Reports
from tests.loopback.slack.responding import Responding
from tests.loopback.slack.socketmode import SocketMode
from tests.loopback.slack.submitting import Submitting
from tests.loopback.slack.webapi import APP_TOKEN, WebApi
from tests.loopback.slack.world import World


class SlackServer(Installing, Reports, Lifecycle):
    """Slack on 127.0.0.1: Web API, Socket Mode, signed HTTP, response URLs, and people.

    It refuses what Slack refuses and keeps a record of it; `assert_clean` fails on any. It does
    not do the OAuth consent page, Enterprise Grid, search or reactions. `clock` gives the seconds
    for what expires: triggers, response URLs, rate limits, tokens.
    """

    app_token = APP_TOKEN

    def __init__(self, app_id: str = "A1", first: int = 1) -> None:
        """Ids that Slack gives out count from `first`."""
        self.app_id = app_id
        self.clock: Callable[[], float] = lambda: asyncio.get_running_loop().time()
        self.should_escape = True
        self.clock_ahead = 0.0
        self.world = World(first)
        self.ledger = Ledger()
        self.faults = Faults()
        self.limits = RateLimits(lambda: self.clock())
        self.handles = Handles(self.world, lambda: self.clock())
        self.socket = SocketMode(app_id, self.world.pulse, self.ledger, self.faults)
        self.delivering = Delivering(self.socket)
        self.payloads = Payloads(self.world, self.handles)
        self.responding = Responding(self.world, self.handles, self.ledger, self.faults)
        self.submitting = Submitting(self.world, self.ledger)
        self.oauth = OAuth(self.world, lambda: self.clock())
        self.web = WebApi(
            self.world,
            self.handles,
            self.ledger,
            self.faults,
            self.limits,
            self.oauth,
            self.socket.open_ticket,
        )
        self.url = ""
        self._runner: web.AppRunner | None = None

    @classmethod
    async def start(cls, app_id: str = "A1") -> SlackServer:
        """A server that listens; `stop` it, or use it with `async with`."""
        server = cls(app_id)
        await server._listen()
        return server

    async def _listen(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self.web.handle)
        app.router.add_post("/upload/v1/{file}", self.web.upload)
        app.router.add_get("/files-pri/{file}/{name}", self.web.private_file)
        app.router.add_post("/actions/{team}/{name}", self.responding.handle)
        app.router.add_get("/link/", self.socket.handshake)
        tells_time(app, lambda: self.clock_ahead)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.handles.base = self.socket.base = self.url

    async def stop(self) -> None:
        if self.delivering.http is not None:
            await self.delivering.http.close()
        if self._runner is not None:
            await self.socket.drop()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> SlackServer:
        if self._runner is None:
            await self._listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        """The `base_url` for AsyncWebClient."""
        return f"{self.url}/api/"

    def team(self, team_id: str = "T1", name: str = "Job club") -> Workspace:
        """The workspace with this id, made with the app installed when there is none."""
        found = self.world.teams.get(team_id)
        if found is None:
            found = Workspace(team_id, name, self.app_id)
            self.world.teams[team_id] = found
            bot = User(found.bot_user_id, team_id, "squeaky", "Squeaky", "UTC", "en-US")
            bot.is_bot = True
            self.world.users[bot.id] = bot
            self.world.names[bot.id] = bot.name
        return found

    def user(
        self,
        user_id: str,
        name: str = "",
        *,
        team: Workspace | None = None,
        tz: str = "UTC",
        locale: str = "en-US",
        real_name: str = "",
        deleted: bool = False,
    ) -> Person:
        """A new person; `name` is their handle."""
        home = team or next(iter(self.world.teams.values()), None) or self.team()
        name = name or user_id.lower()
        user = User(user_id, home.id, name, real_name or name, tz, locale, deleted)
        self.world.users[user_id] = user
        self.world.names[user_id] = name
        return Person(self, user)

    def channel(
        self,
        channel_id: str,
        name: str = "",
        *,
        members: Iterable[Person] = (),
        team: Workspace | None = None,
        bot: bool = True,
        private: bool = False,
    ) -> Channel:
        """A new channel; without `bot` the bot has not been invited."""
        people = list(members)
        home = team.id if team else (people[0].user.team_id if people else self.team().id)
        inside = {person.id for person in people}
        inside |= {self.world.teams[home].bot_user_id} if bot else set()
        channel = Channel(channel_id, home, name or channel_id.lower(), inside, is_private=private)
        self.world.channels[channel_id] = channel
        self.world.names[channel_id] = channel.name
        return channel

    def direct(self, one: Person, other: Person) -> Channel:
        """The direct messages of two people, which the bot is not in."""
        channel_id = f"D{one.id}{other.id}"
        people = {one.id, other.id}
        channel = Channel(channel_id, one.user.team_id, "directmessage", people, is_im=True)
        return self.world.channels.setdefault(channel_id, channel)

    def post_as_bot(self, channel: Channel, text: str = "", **more: Any) -> Message:
        """A message by an integration, which has no user; `more` are blocks or attachments."""
        return self.world.post(channel, "", text, bot_id="BOTHER", **more)

    def use_http(self, request_url: str, signing_secret: str) -> HttpMode:
        """Deliver to a request URL from now on instead of over WebSockets."""
        assert self.delivering.http is None, "one request URL is enough"
        options_url = request_url if self.options_url == "" else self.options_url
        self.delivering.http = HttpMode(request_url, signing_secret, self.socket.acks, options_url)
        return self.delivering.http

    async def emit(self, event: JSON, team: Workspace | None = None) -> Ack:
        """Send the bot any event, such as `{"type": "tokens_revoked", ...}`."""
        return await self.delivering.send(self.payloads.event(team or self.team(), event))

    async def uninstall(self, team: Workspace | None = None) -> None:
        """Remove the app: its tokens die, then both events come."""
        team = team or self.team()
        team.token_error = "account_inactive"
        await self.emit({"type": "app_uninstalled"}, team)
        tokens = {"oauth": [], "bot": [team.bot_user_id]}
        await self.emit({"type": "tokens_revoked", "tokens": tokens}, team)
