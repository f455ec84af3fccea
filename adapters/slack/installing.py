"""How a workspace installs the app: from our page to Slack, and back with a code for its token.

Bolt's flow checks the state and the browser's cookie. What Slack answers is judged here, for Bolt
knows of no Slack that is down, and writes the code into its log.

Sources: https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.bolt_http import as_aiohttps, as_bolts
from adapters.slack.client import LIBRARY_LOG, exchanged
from adapters.slack.faults import code_of
from adapters.slack.installation_store import InstallationStore, StateStore
from adapters.slack.not_installed import BOLTS, REASONS, NotInstalledHere, why
from adapters.slack.scopes import INSTALL, INSTALLED, REDIRECT, SCOPES
from core.installations import STATE_GOOD_FOR, Installations

log = logging.getLogger(__name__)

COOKIE = "squeaky-install"
_TEAM = re.compile(r"[TE][A-Z0-9]{1,20}")
_LONGEST = 1000
"""Characters of an address that is looked at: Slack's are a third of that."""


class InstallPages(Protocol):
    """The pages that somebody comes back to."""

    def installed(self, workspace: str, link: str) -> str:
        """It is done; `link` leads to the bot in Slack."""
        ...

    def not_installed(self, reason: str) -> str:
        """Nothing was installed: one of the reasons of `REASONS`."""
        ...


class Installing(AsyncOAuthFlow):
    """The three addresses of an installation. `accepted` hears of each new one."""

    def __init__(
        self,
        client: tuple[str, str],
        public_url: str,
        web_client: AsyncWebClient,
        installations: Installations,
        pages: InstallPages,
        accepted: Callable[[str], Awaitable[object]],
    ) -> None:
        """`client` is the app's id and secret; `public_url` where people reach the bot."""
        settings = AsyncOAuthSettings(
            client_id=client[0],
            client_secret=client[1],
            scopes=SCOPES,
            user_scopes=(),
            redirect_uri=f"{public_url}{REDIRECT}",
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT,
            callback_options=AsyncCallbackOptions(success=self._done, failure=self._failed),
            authorization_url=_consent_page(web_client.base_url),
            installation_store=InstallationStore(installations),
            state_store=StateStore(installations),
            state_cookie_name=COOKIE,
            state_expiration_seconds=int(STATE_GOOD_FOR.total_seconds()),
            logger=LIBRARY_LOG,
        )
        super().__init__(client=web_client, logger=LIBRARY_LOG, settings=settings)
        self._app = client
        self._installations = installations
        self._pages = pages
        self._accepted = accepted

    def routes(self) -> list[web.RouteDef]:
        """What to mount in the process's web application."""
        return [
            web.get(INSTALL, self._answered(self.handle_installation)),
            web.get(REDIRECT, self._answered(self.handle_callback)),
            web.get(INSTALLED, self._answered(self._installed)),
        ]

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Where somebody agrees, in Slack."""
        asked = {
            "client_id": self.client_id,
            "scope": ",".join(SCOPES),
            "user_scope": "",
            "redirect_uri": str(self.redirect_uri),
            "state": state,
        }
        team = (request.query.get("team") or [""])[0]
        if _TEAM.fullmatch(team):
            asked["team"] = team
        return f"{self.settings.authorization_url}?{urlencode(asked)}"

    async def run_installation(self, code: str) -> Installation | None:
        """The installation that a code stands for. Raises NotInstalledHere."""
        try:
            back = str(self.redirect_uri)
            answer = await exchanged(self.client, self._app, code=code, redirect_uri=back)
            token = str(answer.get("access_token") or "")
            if answer.get("is_enterprise_install") or not answer.get("team"):
                await self._give_back(token)
                raise NotInstalledHere("organization")
            bot = await self.client.auth_test(token=token)
        except NotInstalledHere:
            raise
        except Exception as error:
            raise NotInstalledHere(why(error)) from None
        enterprise = answer.get("enterprise") or {}
        return Installation(
            app_id=answer.get("app_id"),
            enterprise_id=enterprise.get("id"),
            team_id=answer["team"]["id"],
            team_name=answer["team"].get("name"),
            bot_token=token,
            bot_id=bot.get("bot_id"),
            bot_user_id=answer.get("bot_user_id"),
            bot_scopes=answer.get("scope") or "",
            bot_refresh_token=answer.get("refresh_token"),
            bot_token_expires_in=answer.get("expires_in"),
            user_id="",
            token_type="bot",  # noqa: S106 - the kind of a token, and no token
        )

    async def _give_back(self, token: str) -> None:
        """Revoke a token that is not kept. Where that fails the page says the same."""
        try:
            await self.client.auth_revoke(token=token)
        except Exception as error:
            log.warning("Slack: not revoked: %s", code_of(error) or type(error).__name__)

    async def _done(self, args: AsyncSuccessArgs) -> BoltResponse:
        """On to an address without the code: it can be looked at again, and kept."""
        found = args.installation
        await self._accepted(str(found.team_id))
        note = self._installations.new_note(
            f"{found.team_id} {found.app_id or ''} {found.team_name or ''}"
        )
        done = {"Location": f"{INSTALLED}?{urlencode({'done': note})}"}
        return self._page(303, "", done)

    async def _installed(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page that it is done; whoever made up the address is sent to the first one."""
        note = self._installations.read_note((request.query.get("done") or [""])[0])
        team, _, rest = note.partition(" ")
        app, _, name = rest.partition(" ")
        if not team:
            return self._page(303, "", {"Location": "/"})
        address = f"https://slack.com/app_redirect?{urlencode({'app': app, 'team': team})}"
        return self._page(200, self._pages.installed(name, address))

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        return self._refusal(BOLTS.get(args.reason, "refused"))

    def _refusal(self, reason: str) -> BoltResponse:
        log.warning("Slack: an installation came to nothing: %s", reason)
        return self._page(REASONS[reason], self._pages.not_installed(reason))

    def _page(self, status: int, page: str, more: Mapping[str, str] | None = None) -> BoltResponse:
        utils: OAuthStateUtils = self.settings.state_utils
        over = utils.build_set_cookie_for_deletion()
        headers: dict[str, str | Sequence[str]] = {"Set-Cookie": over, **(more or {})}
        return BoltResponse(status=status, body=page, headers=headers)

    def _answered(
        self, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            try:
                if len(request.query_string) > _LONGEST:
                    raise NotInstalledHere("expired")
                made = await handle(as_bolts(request))
            except NotInstalledHere as error:
                made = self._refusal(error.reason)
            except Exception as error:
                log.error("Slack: an installation failed: %s", type(error).__name__)
                made = self._refusal("not_kept")
            return as_aiohttps(made, secure=str(self.redirect_uri).startswith("https:"))

        return answer


def _consent_page(api_url: str) -> str:
    """Slack's page to agree on, at the host of its API."""
    there = urlsplit(api_url)
    return f"{there.scheme}://{there.netloc}/oauth/v2/authorize"
