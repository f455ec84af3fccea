"""What it takes to serve every workspace that installs the app, instead of one."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.faults import NoToken, code_of
from adapters.slack.installation import SKEW, removes
from adapters.slack.installing import Installing, InstallPages
from adapters.slack.tokens import REMOVED, Tokens
from core.caller import Platform
from core.departures import Departures
from core.installations import CannotOpen, Installations
from core.language import tr
from core.telling import PAUSES, told

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Distribution:
    """An app that workspaces install by themselves.

    - `client`: its id and secret.
    - `public_url`: where people reach the bot, as https://bot.example.org.
    """

    client: tuple[str, str]
    public_url: str
    installations: Installations
    pages: InstallPages


class Many:
    """Tokens and events of many workspaces."""

    def __init__(
        self,
        app: Distribution,
        web: AsyncWebClient,
        departures: Departures | None,
        left: Callable[[str], None],
    ) -> None:
        """`left` hears of each workspace that the bot is not in any more."""
        self.app = app
        self._web = web
        self._departures = departures
        self._left = left
        self.tokens = Tokens(app.installations, web, app.client, self._gone)
        self.flow = Installing(
            app.client, app.public_url, web, app.installations, app.pages, self._accepted
        )
        self.authorize = ByTeam(self.tokens)

    async def start(self) -> int:
        """Let those be back whose installation was written down just before a stop; how many
        workspaces there are.
        """
        for team in await self.app.installations.taken_for_left():
            await self._returned(team)
        return await self.app.installations.count()

    async def event(self, body: JSON) -> None:
        """Look at an event: a removal deletes the tokens at once.

        Events come twice and in any order, so one from about the time of the installation may be
        of the one before: then Slack is asked.
        """
        if not removes(body.get("event") or {}):
            return
        team, at = str(body["team_id"]), float(body.get("event_time") or time.time())
        await told("Slack: the removal", lambda: self._removed(team, at), PAUSES)

    async def _removed(self, team: str, at: float) -> None:
        try:
            found = await self.app.installations.find(team)
        except CannotOpen:
            await self.tokens.remove(team)  # nobody can use it, so it goes whenever it is from
            return
        if found is None:
            await self._gone(team)
            return
        after = at - found.installed_at.timestamp()
        if after < -SKEW or (after <= SKEW and await self._is_good(found.token)):
            return
        await self.tokens.remove(team, found)

    async def _is_good(self, token: str) -> bool:
        try:
            await self._web.auth_test(token=token)
        except Exception as error:
            return code_of(error) not in (*REMOVED, "invalid_auth")
        return True

    async def _accepted(self, team: str) -> None:
        """A workspace has just installed the app, for the first time or again."""
        self.tokens.forget(team)
        log.info("Slack: installed in workspace %s", team)
        await told("Slack: the return", lambda: self._returned(team), PAUSES)

    async def _returned(self, team: str) -> None:
        if self._departures is not None:
            await self._departures.returned(Platform.SLACK, team)

    async def _gone(self, team: str) -> None:
        self._left(team)
        if self._departures is None:
            return
        await self._departures.left(Platform.SLACK, team)
        if await self.app.installations.find(team) is not None:
            await self._departures.returned(Platform.SLACK, team)  # installed in this moment


class ByTeam(AsyncAuthorize):
    """Lets Bolt take what comes from a workspace that has the app, without asking Slack first."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """None where the bot has no token: Bolt answers that it is not installed."""
        try:
            token = await self._tokens.last(team_id or "")
        except NoToken:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=token
        )


def not_here(public_url: str) -> str:
    """What somebody reads in a workspace that does not have the app."""
    return tr(
        "I can't be used here now: this workspace does not have me, or I can't get at my data. If "
        "that stays so, whoever looks after the workspace can add me again at {address}",
        address=public_url,
    )
