"""What `check` says of an app that many workspaces install: each problem with its fix."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.check import asked, missing_scopes, not_in
from adapters.slack.client import CONNECTING, exchanged, web_client
from adapters.slack.faults import code_of
from adapters.slack.many import Distribution
from adapters.slack.scopes import INSTALL, REDIRECT
from adapters.slack.tokens import REMOVED
from core.caller import Room
from core.domain.installing import Installation
from core.installations import DATABASE_ERRORS, CannotOpen

MOST = 50
"""Workspaces that are looked at: each is a question to Slack."""
_NO_CODE = "squeaky-check"
_CLIENT = {
    "bad_client_secret": "SLACK_CLIENT_SECRET is not that of SLACK_CLIENT_ID: copy both anew from "
    "Basic Information.",
    "invalid_client_id": "SLACK_CLIENT_ID is not accepted: copy it anew from Basic Information.",
}


def redirect_note(public_url: str) -> str:
    """What Slack doesn't say beforehand."""
    return (
        f"Under OAuth & Permissions, Redirect URLs must have {public_url}{REDIRECT}; to let other "
        "workspaces install it, Manage Distribution must be on. Slack does not say whether that "
        f"is so: open {public_url} and add it to a workspace."
    )


async def problems_of_many(
    web: AsyncWebClient, app: Distribution, app_token: str, rooms: Sequence[Room] = ()
) -> list[str]:
    """Ask Slack about the app and the token of each workspace. Never raises, changes nothing."""
    found = await _client(web, app)
    if app_token:
        opened = web.apps_connections_open(app_token=app_token)
        found += (await asked(opened, "SLACK_APP_TOKEN", "Basic Information"))[1]
    found += await _reached(app.public_url)
    try:
        installed = await app.installations.some(MOST)
    except CannotOpen as error:
        return [*found, f"The tokens of workspaces can't be read: {error}."]
    except DATABASE_ERRORS:
        return found  # which the database's own report tells
    for one in installed:
        found += await _workspace(web, app, one, rooms)
    return found


async def _client(web: AsyncWebClient, app: Distribution) -> list[str]:
    """Slack looks at the id and the secret before it looks at a code, which here is none."""
    try:
        await exchanged(web, app.client, code=_NO_CODE)
    except Exception as error:
        code = code_of(error)
        if not code:
            kind = type(error).__name__
            return [f"Slack can't be reached ({kind}): check the network and SLACK_API_URL."]
        return [_CLIENT[code]] if code in _CLIENT else []
    return []


async def _reached(public_url: str) -> list[str]:
    """Whether the public address leads to this bot: it sends who installs on to Slack."""
    address = f"{public_url}{INSTALL}"
    why = "it does not answer as the bot"
    try:
        patience = aiohttp.ClientTimeout(total=2 * CONNECTING)
        async with (
            aiohttp.ClientSession(timeout=patience) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            if answer.status == 302 and "/oauth/v2/authorize" in answer.headers.get("Location", ""):
                return []
            why = f"it answers {answer.status}"
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        why = type(error).__name__
    return [
        f"PUBLIC_URL: {address} does not lead to the bot ({why}): start the bot, and let your web "
        "server pass that address on to HTTP_HOST and HTTP_PORT."
    ]


async def _workspace(
    web: AsyncWebClient, app: Distribution, one: Installation, rooms: Sequence[Room]
) -> list[str]:
    """What is wrong in one workspace. A token that has ended is the running bot's to renew."""
    if one.seconds_left(datetime.fromtimestamp(time.time(), UTC)) <= 0:
        return []
    client = web_client(one.token, web.base_url)
    called = f"The workspace {one.name or one.team} ({one.team})"
    again = f"have it added again at {app.public_url}"
    try:
        answer = await client.auth_test()
    except Exception as error:
        code = code_of(error)
        if code in (*REMOVED, "invalid_auth"):
            return [f"{called} does not accept the bot's token ({code}): {again}."]
        return []
    there = [room for room in rooms if room.workspace == one.team]
    lacks = [f"{called} lacks the scope {scope}: {again}." for scope in missing_scopes(answer)]
    return lacks + await not_in(client, there)
