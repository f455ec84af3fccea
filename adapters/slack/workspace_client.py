"""The Web API client of one workspace among many."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import LIBRARY_LOG, TIMEOUT
from adapters.slack.faults import code_of
from adapters.slack.tokens import REMOVED, Tokens

REFUSED = ("invalid_auth", "token_expired", *REMOVED)
"""The token was not taken, so nothing was done."""


class WorkspaceClient(AsyncWebClient):
    """A Web API client of one workspace, whose every call has the newest token.

    A call that Slack refuses because of its token was not done, so it is made again with the next.
    """

    def __init__(self, team: str, tokens: Tokens, api_url: str) -> None:
        super().__init__(
            token=None, base_url=api_url, timeout=TIMEOUT, retry_handlers=[], logger=LIBRARY_LOG
        )
        self._team = team
        self._tokens = tokens

    async def ready(self) -> None:
        """Let `token` be the newest, for what goes by no method of Slack's. Raises NoToken."""
        self.token = await self._tokens.token(self._team)

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """As the library's. Raises NoToken besides, when nothing went out."""
        self.token = used = await self._tokens.token(self._team)
        try:
            return await super().api_call(api_method, **arguments)
        except SlackApiError as error:
            if code_of(error) not in REFUSED:
                raise
            another = await self._tokens.instead(self._team, used, code_of(error))
            if not another:
                raise
        self.token = another
        return await super().api_call(api_method, **arguments)
