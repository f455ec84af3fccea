"""What `check` says about the Slack settings: each problem with its fix."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import code_of
from adapters.slack.reasons import MEMBERS, OPERATORS, ROOMS
from adapters.slack.scopes import SCOPES
from core.caller import Room

_REINSTALL = "add it under OAuth & Permissions and install the app again"
_APP_ID = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
_ANEW = ("access_denied", "invalid_auth", "missing_scope", "no_permission")
"""What `OPERATORS` sends people here for, or says no more of than is said here."""
_SWITCH = "under App Home, Show Tabs, turn the Messages Tab on and tick the box below it"
TAB_OFF = MEMBERS["messages_tab_disabled"]
"""Why a message is held while the app's Messages Tab is off."""
TAB_NOTE = (
    "Slack does not say beforehand whether it lets the app write to people. If digests are held "
    f"because messages were switched off: {_SWITCH}."
)


def tab_off(count: int) -> str:
    """What to do about so many messages that were held because of it."""
    messages = "1 message was" if count == 1 else f"{count:,} messages were"
    return f"{messages} refused because the app's Messages Tab is off: {_SWITCH}."


async def problems(
    web: AsyncWebClient, app_token: str, signing_secret: str, rooms: Sequence[Room] = ()
) -> list[str]:
    """Ask Slack about the tokens, and whether the bot is in the rooms of clubs.

    Never raises; says nothing when all is well.
    """
    found = []
    if not app_token and not signing_secret:
        found.append(
            "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: set the first for Socket "
            "Mode, or the second to be reached over HTTP."
        )
    answer, trouble = await asked(web.auth_test(), "SLACK_BOT_TOKEN", "OAuth & Permissions")
    if answer is None:
        found += trouble
    else:
        found += [
            f"The scope {scope} is missing: {_REINSTALL}." for scope in missing_scopes(answer)
        ]
        found += await _of_one_app(web, answer, app_token)
        team = answer.get("team_id")
        found += await not_in(web, [room for room in rooms if room.workspace == team])
    if app_token:
        opened = web.apps_connections_open(app_token=app_token)
        found += (await asked(opened, "SLACK_APP_TOKEN", "Basic Information"))[1]
    return found


async def asked(
    call: Awaitable[AsyncSlackResponse], setting: str, page: str
) -> tuple[AsyncSlackResponse | None, list[str]]:
    """What Slack answers to a call with the token of that setting, or what is wrong with it."""
    try:
        return await call, []
    except Exception as error:
        code = code_of(error)
        if not code:
            kind = type(error).__name__
            return None, [f"Slack can't be reached ({kind}): check the network and SLACK_API_URL."]
        if setting == "SLACK_APP_TOKEN" and code == "missing_scope":
            return None, [f"{setting} lacks connections:write: generate one with it at {page}."]
        if setting == "SLACK_BOT_TOKEN" and code in OPERATORS and code not in _ANEW:
            words = OPERATORS[code]
            return None, [f"{words[0].upper()}{words[1:]} ({code})."]
        return None, [f"{setting} is not accepted ({code}): copy it anew from {page}."]


async def _of_one_app(web: AsyncWebClient, answer: AsyncSlackResponse, app_token: str) -> list[str]:
    """Two apps, and a token of each, is what happens to whoever tries twice."""
    named = _APP_ID.match(app_token)
    if named is None:
        return []
    try:
        bot = (await web.bots_info(bot=answer.get("bot_id"))).get("bot") or {}
    except Exception:
        return []  # it may not look; that is told elsewhere
    if bot.get("app_id") in (None, named[1]):
        return []
    return ["SLACK_APP_TOKEN and SLACK_BOT_TOKEN are of two apps: take both from the same one."]


async def not_in(web: AsyncWebClient, rooms: Sequence[Room]) -> list[str]:
    """A sentence for each room of a club that the bot can't write in. Rooms go by their ids."""
    found = []
    for room in rooms:
        try:
            info = (await web.conversations_info(channel=room.channel)).get("channel") or {}
            code = "is_archived" if info.get("is_archived") else ""
            code = code or ("" if info.get("is_member") else "not_in_channel")
        except Exception as error:
            code = code_of(error)
        if code in ROOMS:
            found.append(f"The club in {room.channel}: {ROOMS[code]}")
    return found


def missing_scopes(answer: AsyncSlackResponse) -> list[str]:
    """The scopes that the manifest has and the token of this answer has not."""
    headers: Any = answer.headers or {}
    given = str(headers.get("x-oauth-scopes") or "")
    if not given:
        return []  # Slack did not say
    have = {scope.strip() for scope in given.split(",")}
    return [scope for scope in SCOPES if scope not in have]
