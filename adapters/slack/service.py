"""The Slack side of the process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from adapters.slack.app import build_app
from adapters.slack.check import problems
from adapters.slack.check_many import problems_of_many
from adapters.slack.client import API_URL, new_session, web_client
from adapters.slack.endpoint import Endpoint
from adapters.slack.faults import code_of
from adapters.slack.handlers import Handlers
from adapters.slack.installation import Installation
from adapters.slack.link import GIVE_UP, PING, WATCH, SocketLink
from adapters.slack.manifest import PATH
from adapters.slack.many import Distribution, Many
from adapters.slack.reasons import Alarm
from adapters.slack.workspace_client import WorkspaceClient
from adapters.slack.workspaces import EveryAttendance, EveryMessenger, Workspace, Workspaces
from core.caller import Room
from core.departures import Departures
from core.desk import Desk
from core.domain.comings import Comings
from core.domain.deliveries import Attendance

log = logging.getLogger(__name__)

MOST_PATIENCE = 60.0
"""Seconds between two attempts to connect, at most."""
LAST_ANSWERS = 3.0
LAST_TOKENS = 1.0
"""Seconds that a stop waits for answers on their way, and then for tokens; all of it takes 5 at
most."""


class SlackService:
    """Slack, by Socket Mode with an app token, else by HTTP with a signing secret.

    A Slack that fails leaves the rest of the process alive: connecting is tried again for ever.
    Several processes may listen: Slack gives each request to one of them.
    """

    def __init__(
        self,
        *,
        bot_token: str = "",
        desk: Desk,
        now: Callable[[], datetime],
        app_token: str | None = None,
        signing_secret: str | None = None,
        api_url: str = API_URL,
        listens: bool = True,
        departures: Departures | None = None,
        comings: Comings | None = None,
        watch: float = WATCH,
        ping: float = PING,
        give_up: float = GIVE_UP,
        distribution: Distribution | None = None,
    ) -> None:
        """With a `bot_token` it is in one workspace, with a `distribution` in all that install it.

        Without `listens` no request reaches it; only the messenger works.
        """
        self._settings = (app_token or "", signing_secret or "")
        self._listens = listens
        self._web = web_client(bot_token or None, api_url)
        self._installation = Installation(departures)
        self.many: Many | None = None

        def workspace(team: str) -> Workspace:
            if self.many is None:
                return Workspace(self._web, desk, now, comings)
            web = WorkspaceClient(team, self.many.tokens, api_url)
            return Workspace(web, desk, now, comings, Alarm(team or "?"))

        self._workspaces = Workspaces(workspace, only=distribution is None)
        if distribution is not None:
            self.many = Many(distribution, self._web, departures, self._workspaces.forget)
        self.attendance: Attendance = EveryAttendance(self._workspaces)
        removals = self.many.event if self.many else self._installation.event
        self._handlers = Handlers(desk, self._workspaces, removals)
        app = build_app(self._handlers, bot_token, signing_secret or "", api_url, self.many)
        self._endpoint = Endpoint(app, signing_secret) if signing_secret else None
        self._link: SocketLink | None = None
        if app_token and listens:
            self._link = SocketLink(
                app, app_token, self._web, watch=watch, ping=ping, give_up=give_up
            )
        self._task: asyncio.Task[None] | None = None
        self._answered = False
        self.messenger = EveryMessenger(self._workspaces)

    @property
    def standing_by(self) -> bool:
        """Never: each process has a connection of its own."""
        return False

    @property
    def connected(self) -> bool:
        """Whether requests can reach us now, as far as we know."""
        return self._link.connected if self._link else self._answered

    @property
    def team(self) -> str:
        """The workspace that the bot token is of; "" until Slack has said so, and of many."""
        return self._installation.team

    async def start(self) -> None:
        """Begin to connect, and return at once."""
        self._web.session = new_session()
        self._workspaces.share(self._web.session)
        self._task = asyncio.create_task(self._keep_trying(), name="slack")

    async def stop(self) -> None:
        """Finish the answers on their way and hang up, within 5 s."""
        await self._handlers.running.finished(LAST_ANSWERS)
        await self._workspaces.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self.many is not None:
            await self.many.tokens.stop(LAST_TOKENS)
        if self._web.session is not None:
            await self._web.session.close()
            self._web.session = None
            self._workspaces.share(None)

    def routes(self) -> list[web.RouteDef]:
        """What to mount in the process's web application: where Slack sends what happens, but in
        Socket Mode, and where workspaces install the app.

        Without a signing secret anybody could speak for anybody, so there is no route then.
        """
        if not self._listens:
            return []
        installing = self.many.flow.routes() if self.many else []
        if self._settings[0] or self._endpoint is None:
            return installing
        return [web.post(PATH, self._endpoint.handle), *installing]

    async def check(self, rooms: Sequence[Room] = ()) -> list[str]:
        """What is wrong with the settings and in the rooms of clubs, each with its fix."""
        if self.many is not None:
            return await problems_of_many(self._web, self.many.app, self._settings[0], rooms)
        return await problems(self._web, *self._settings, rooms)

    async def _keep_trying(self) -> None:
        wait = 1.0
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await self._connect()
                return
            except Exception as error:
                if asyncio.get_running_loop().time() - started > MOST_PATIENCE:
                    wait = 1.0  # it did work for a while
                reason = code_of(error) or type(error).__name__
                log.warning("Slack: no connection (%s); next try in %.0f s", reason, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, MOST_PATIENCE)

    async def _connect(self) -> None:
        """Say who we are; with Socket Mode, stay until cancelled."""
        if self.many is not None:
            await self._web.api_test()
            self._answered = True
            log.info("Slack: installed in %d workspaces", await self.many.start())
        else:
            who = await self._web.auth_test()
            self._answered = True
            self._workspaces.of("").standings.bot_name = str(who.get("user") or "")
            log.info("Slack: %s in workspace %s", who.get("user"), who.get("team"))
            await self._installation.accepted(str(who.get("team_id") or ""))
        if self._link is not None:
            await self._link.run()
