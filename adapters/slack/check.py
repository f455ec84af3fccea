"""What `check` says about the Slack settings: each problem with its fix."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import code_of
from adapters.slack.manifest import SCOPES

_REINSTALL = "add it under OAuth & Permissions and install the app again"


async def problems(web: AsyncWebClient, app_token: str, signing_secret: str) -> list[str]:
    """Ask Slack about the tokens. Never raises; says nothing when all is well."""
    found = []
    if not app_token and not signing_secret:
        found.append(
            "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: set the first for Socket "
            "Mode, or the second to be reached over HTTP."
        )
    answer, trouble = await _asked(web.auth_test(), "SLACK_BOT_TOKEN", "OAuth & Permissions")
    found += trouble if answer is None else _missing(answer)
    if app_token:
        opened = web.apps_connections_open(app_token=app_token)
        found += (await _asked(opened, "SLACK_APP_TOKEN", "Basic Information"))[1]
    return found


async def _asked(
    call: Awaitable[AsyncSlackResponse], setting: str, page: str
) -> tuple[AsyncSlackResponse | None, list[str]]:
    try:
        return await call, []
    except Exception as error:
        code = code_of(error)
        if not code:
            kind = type(error).__name__
            return None, [f"Slack can't be reached ({kind}): check the network and SLACK_API_URL."]
        return None, [f"{setting} is not accepted ({code}): copy it anew from {page}."]


def _missing(answer: AsyncSlackResponse) -> list[str]:
    headers: Any = answer.headers or {}
    given = str(headers.get("x-oauth-scopes") or "")
    if not given:
        return []  # Slack did not say
    have = {scope.strip() for scope in given.split(",")}
    return [f"The scope {scope} is missing: {_REINSTALL}." for scope in SCOPES if scope not in have]
