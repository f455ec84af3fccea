"""Who is in a channel of Slack now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.faults import code_of
from adapters.slack.people import KEPT, People
from core.caller import Room
from core.domain.comings import Shut

log = logging.getLogger(__name__)

PAGE = 1000
MOST_PAGES = 20
AT_ONCE = 5
PATIENCE = 10.0
"""Seconds for a question that nobody waits for."""
PARTED = ("channel_not_found", "account_inactive", "token_revoked")
"""Answers that say that the channel is gone, or the bot from it or from its workspace."""


async def closed(web: AsyncWebClient, channel: str) -> Shut | None:
    """Why nothing can be posted in a channel, None when something can. Raises what Slack raises."""
    answer = await web.conversations_info(channel=channel)
    found: JSON = answer.get("channel") or {}
    if found.get("is_archived"):
        return Shut.ARCHIVED
    return None if found.get("is_member") else Shut.REMOVED


class SlackAttendance:
    """Asks for a channel's members; see `core.domain.deliveries.Attendance`.

    Who was deactivated may still be listed, and is not there.
    """

    def __init__(self, web: AsyncWebClient, people: People) -> None:
        self._web = web
        self._people = people

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        """Those of them who are there; None when Slack doesn't say."""
        wanted = set(users)
        try:
            here = await self._members(room.channel, wanted)
        except Exception as error:
            log.warning("Slack: conversations.members: %s", code_of(error) or type(error).__name__)
            return None
        hands = asyncio.Semaphore(AT_ONCE)

        async def stays(user: str) -> bool:
            async with hands:
                return not (await self._people.person(user, within=KEPT)).is_gone

        listed = sorted(here)
        staying = await asyncio.gather(*map(stays, listed))
        return frozenset(user for user, stay in zip(listed, staying, strict=True) if stay)

    async def writable(self, room: Room) -> bool | None:
        """Whether Slack shows the channel, open and with the bot in it."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await closed(self._web, room.channel) is None
        except Exception as error:
            if code_of(error) in PARTED:
                return False
            log.warning("Slack: conversations.info: %s", code_of(error) or type(error).__name__)
            return None

    async def _members(self, channel: str, wanted: set[str]) -> set[str]:
        """Those of them who are listed.

        Raises what Slack raises, and when there are too many, or nobody: a channel is never empty.
        """
        found: set[str] = set()
        listed = 0
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._web.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
            found |= wanted.intersection(page.get("members") or [])
            listed += len(page.get("members") or [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor and not listed:
                raise RuntimeError("nobody is listed")
            if not cursor or found == wanted:
                return found
        raise RuntimeError("more members than were looked through")
