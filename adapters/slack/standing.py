"""What somebody may do in a channel, and whether the bot can write there, as Slack tells it.

Scopes: https://docs.slack.dev/reference/methods/conversations.info
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.faults import code_of
from adapters.slack.people import PATIENCE, People
from adapters.slack.reasons import archived, not_invited, scopes_missing
from adapters.slack.recent import remember
from core.caller import Lack, Room, Standing
from core.language import N_, tr

log = logging.getLogger(__name__)

KEPT = 60.0
"""Seconds that an answer stands: a promotion is not waited for long. A lack is never kept."""
MOST = 1000
NEEDED = (
    "chat:write",
    "files:write",
    "channels:read",
    "groups:read",
    "channels:history",
    "groups:history",
)
"""The scopes without which a channel is not served well."""
GROUP = N_("This is a conversation of a group. A club needs a channel: use the command in one.")


@dataclass(frozen=True)
class _Known:
    """Who made a channel, and what the bot lacks there; `creator` is "" when Slack hides it."""

    creator: str = ""
    lacks: tuple[Lack, ...] = ()


class Standings:
    """Asks `users.info` and `conversations.info`, and waits no longer than a command can."""

    def __init__(self, web: AsyncWebClient, people: People) -> None:
        self._web = web
        self._people = people
        self._known: OrderedDict[str, tuple[float, _Known]] = OrderedDict()
        self.bot_name = ""

    async def of(self, room: Room, user: str) -> Standing:
        """What this person may do there. Says nothing of what Slack did not tell in time."""
        person, known = await asyncio.gather(
            self._people.person(user, within=KEPT), self._channel(room.channel)
        )
        made_it = known.creator == user if known is not None and known.creator else None
        return Standing(_either(person.is_admin, made_it), known.lacks if known else ())

    async def _channel(self, channel: str) -> _Known | None:
        until, known = self._known.get(channel, (0.0, _Known()))
        if until > time.monotonic():
            return known
        try:
            known = await asyncio.wait_for(self._ask(channel), PATIENCE)
        except Exception as error:
            log.warning("Slack: conversations.info: %s", code_of(error) or type(error).__name__)
            return None
        if not known.lacks:
            remember(self._known, channel, (time.monotonic() + KEPT, known), MOST)
        return known

    async def _ask(self, channel: str) -> _Known:
        try:
            answer = await self._web.conversations_info(channel=channel)
        except Exception as error:
            if code_of(error) == "missing_scope":
                return _Known(lacks=(partial(scopes_missing, _lacking(error)),))
            if code_of(error) in ("channel_not_found", "not_in_channel"):
                return _Known(lacks=(partial(not_invited, self.bot_name),))
            raise
        found: JSON = answer.get("channel") or {}
        return _Known(str(found.get("creator") or ""), tuple(self._lacks(found, answer.headers)))

    def _lacks(self, found: JSON, headers: Any) -> list[Lack]:
        if found.get("is_mpim"):
            return [partial(tr, GROUP)]
        lacks: list[Lack] = []
        if found.get("is_archived"):
            lacks.append(partial(archived, self.bot_name))
        elif not found.get("is_member"):
            lacks.append(partial(not_invited, self.bot_name))
        missing = _missing(headers)
        return [*lacks, partial(scopes_missing, missing)] if missing else lacks


def _either(one: bool | None, other: bool | None) -> bool | None:
    """Whether one of both holds; None while that hangs on what is not known."""
    if one or other:
        return True
    return None if one is None or other is None else False


def _lacking(error: Exception) -> list[str]:
    """The scopes that a refused call names, and all others that are missing."""
    response: Any = getattr(error, "response", None) or {}
    needed = str(response.get("needed") or "").replace(" ", "").split(",")
    return _missing(getattr(response, "headers", None)) or [one for one in needed if one]


def _missing(headers: Any) -> list[str]:
    """The scopes that a token lacks by what stands in the head of an answer."""
    given = str((headers or {}).get("x-oauth-scopes") or "")
    have = {scope.strip() for scope in given.split(",")}
    return [scope for scope in NEEDED if scope not in have] if given else []
