"""The whole bot in a town of workspaces that install it by themselves."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from adapters.slack.manifest import PATH, manifest
from bot.wiring import Bot
from tests.loopback.slack import Person, SlackServer
from tests.loopback.slack.town import SlackTown, person
from tests.stages.running import make_bot

SECRET = "loopback-signing-secret"
KEY = "k3y-0f-th3-t0wn-aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEAMS = {"T1": "Job club", "T2": "Night school"}


class Visitor:
    """A browser, as far as installing needs one: it keeps cookies and goes where it is sent."""

    def __init__(self) -> None:
        jar = aiohttp.CookieJar(unsafe=True)  # which means: also of an address of numbers
        self.session = aiohttp.ClientSession(cookie_jar=jar)

    async def open(self, address: str) -> tuple[int, str, str]:
        """The status, the page, and where it leads on to."""
        async with self.session.get(address, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers.get("Location", "")

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.session.close()


@dataclass
class Town:
    """The bot at its address, and its workspaces: in each somebody with the same id."""

    slack: SlackTown
    bot: Bot
    url: str
    settings: dict[str, Any]
    people: dict[str, Person] = field(default_factory=dict)

    def server(self, team: str) -> SlackServer:
        return self.slack.slacks[team]

    async def back_from_slack(self, visitor: Visitor, team: str = "T1") -> str:
        """Begin to install, agree in Slack, and stop there: the address that leads back."""
        status, _, consent = await visitor.open(f"{self.url}/slack/install")
        assert status == 302, status
        assert (await visitor.open(consent))[0] == 200
        return self.slack.allowed(f"{consent}&team={team}")

    async def install(self, team: str) -> str:
        """Let a workspace install the bot; the page at the end."""
        async with Visitor() as visitor:
            status, page, there = await visitor.open(await self.back_from_slack(visitor, team))
            assert (status, page) == (303, ""), page
            status, page, _ = await visitor.open(f"{self.url}{there}")
        assert status == 200, page
        return page

    async def settle(self) -> None:
        for server in self.slack.slacks.values():
            await server.settle()

    async def another(self, **values: Any) -> Bot:
        """One more process on the same database, not started yet."""
        return await make_bot(
            **{**self.settings, "now": self.bot.clock.now(), "http_port": 0, **values}
        )


def state_of(address: str) -> str:
    """The state in an address that leads to Slack or back."""
    return parse_qs(urlsplit(address).query)["state"][0]


@asynccontextmanager
async def town_of(
    database_url: str, *, http: bool = True, rotating: bool = True, clean: bool = True
) -> AsyncIterator[Town]:
    """Two workspaces and the bot, installed in neither; at the end Slack must have had nothing to
    complain of, unless it need not be `clean`.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with SlackTown(manifest(not http, url, many=True), rotating=rotating) as slack:
        people = {team: person(await slack.workspace(team, name)) for team, name in TEAMS.items()}
        settings: dict[str, Any] = {
            "database_url": database_url,
            "now": MONDAY,
            "slack_client_id": slack.client[0],
            "slack_client_secret": slack.client[1],
            "slack_app_token": None if http else slack.first.app_token,
            "slack_signing_secret": SECRET if http else None,
            "slack_api_url": slack.api_url,
            "public_url": url,
            "secret_key": KEY,
            "http_port": port,
        }
        bot = await make_bot(**settings)
        await bot.start()
        try:
            async with asyncio.timeout(20):
                while not all(one.connected for one in bot.services.values()):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            if http:
                slack.use_http(f"{url}{PATH}", SECRET)
            yield Town(slack, bot, url, settings, people)
        finally:
            await bot.stop()
        if clean:
            slack.assert_clean()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
