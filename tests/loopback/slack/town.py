"""Several workspaces that install one app, under one address."""

from __future__ import annotations

from html import escape
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web

from tests.loopback.slack.model import JSON, Workspace
from tests.loopback.slack.oauth import OAuth
from tests.loopback.slack.person import Person
from tests.loopback.slack.server import SlackServer

APART = 10_000_000
"""Between the ids that two workspaces give out: triggers and events are nobody else's."""


class SlackTown:
    """A Slack of its own for each workspace, so that ids of people and channels may be alike.

    Each call of the API goes to the Slack whose token it bears: a token of another workspace can't
    reach what is here. The page to agree on is at `/oauth/v2/authorize`: it takes what the manifest
    says and nothing else, and has a link for each workspace and one to cancel.
    """

    def __init__(self, manifest: JSON, *, rotating: bool = True) -> None:
        self.manifest = manifest
        self.rotating = rotating
        self.slacks: dict[str, SlackServer] = {}
        self.mistakes: list[str] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def client(self) -> tuple[str, str]:
        return OAuth.client_id, OAuth.client_secret

    @property
    def first(self) -> SlackServer:
        return next(iter(self.slacks.values()))

    async def workspace(self, team_id: str, name: str) -> SlackServer:
        """A workspace that has not installed the app, and somebody in it who may."""
        server = SlackServer(first=1 + APART * len(self.slacks))
        await server.__aenter__()
        team = server.team(team_id, name)
        server.use_manifest(self.manifest)
        del server.world.teams["T1"]
        server.world.teams[team_id] = team
        team.tokens.clear()
        server.oauth.rotating = self.rotating
        self.slacks[team_id] = server
        if server is not self.first:
            server.delivering.socket = self.first.socket
        return server

    def use_http(self, url: str, secret: str) -> None:
        for server in self.slacks.values():
            server.use_http(url, secret)

    def assert_clean(self) -> None:
        assert not self.mistakes, self.mistakes
        for server in self.slacks.values():
            server.assert_clean()

    async def __aenter__(self) -> SlackTown:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/oauth/v2/authorize", self._consent)
        app.router.add_get("/oauth/allow", self._allowed)
        app.router.add_get("/favicon.ico", _no_icon)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self.slacks.values():
            await server.stop()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        given: dict[str, Any] = {**request.query}
        if request.content_type == "application/json":
            given |= await request.json() if await request.text() else {}
        else:
            given |= dict(await request.post())
        header = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = str(given.get("token") or header)
        there = [one for one in self.slacks.values() if _is_of(_team(one), token)]
        if request.match_info["method"] == "oauth.v2.access":
            there = [one for one in self.slacks.values() if one.oauth.knows(given)]
        return await (there[0] if there else self.first).web.handle(request)

    async def _consent(self, request: web.Request) -> web.Response:
        asked, config = request.query, self.manifest["oauth_config"]
        if asked.get("client_id") != OAuth.client_id:
            return self._refused("invalid_client_id")
        if asked.get("redirect_uri") not in config["redirect_urls"]:
            return self._refused("redirect_uri did not match any configured URIs")
        if not set(asked.get("scope", "").split(",")) <= set(config["scopes"]["bot"]):
            return self._refused("invalid_scope")
        if asked.get("user_scope"):
            return self._refused("the app asks for a token of the person")
        links = "".join(
            f'<p><a href="/oauth/allow?{escape(urlencode({**asked, "team": team}))}">'
            f"Allow in {escape(_team(one).name)}</a></p>"
            for team, one in self.slacks.items()
        )
        back = {"error": "access_denied", "state": asked.get("state", "")}
        cancel = escape(f"{asked['redirect_uri']}?{urlencode(back)}")
        text = f'<!doctype html><html lang="en"><title>Slack</title>{links}'
        text += f'<p><a href="{cancel}">Cancel</a></p></html>'
        return web.Response(text=text, content_type="text/html")

    async def _allowed(self, request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": self.allowed(str(request.url))})

    def allowed(self, address: str) -> str:
        """Where Slack sends somebody who agreed; `address` is that of the page, with a team."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        server = self.slacks[asked["team"]]
        person = next(one for one in server.world.users.values() if not one.is_bot)
        code = server.oauth.code_for(person)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _refused(self, why: str) -> web.Response:
        self.mistakes.append(why)
        return web.Response(status=400, text=why)


def person(server: SlackServer, user_id: str = "U1", name: str = "dana") -> Person:
    """Somebody in a workspace of a town."""
    return server.user(user_id, name, team=_team(server), tz="Europe/Berlin")


async def _no_icon(request: web.Request) -> web.Response:
    del request
    return web.Response(status=204)


def _team(server: SlackServer) -> Workspace:
    return next(iter(server.world.teams.values()))


def _is_of(team: Workspace, token: str) -> bool:
    return token in team.tokens or token in team.revoked
