"""What Slack knows of a person: their time zone, language, name and role."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import code_of
from adapters.slack.recent import remember

log = logging.getLogger(__name__)

KEPT = 3600.0
"""Seconds that an answer stands."""
KEPT_FAILURE = 60.0
PATIENCE = 1.5
"""Seconds that a request waits for this; a trigger lasts 3."""
MOST = 10_000
_ROLES = ("is_admin", "is_owner", "is_primary_owner")


@dataclass(frozen=True)
class Person:
    """An IANA zone, a locale such as `en-US` and a name; empty when Slack did not say.

    - `is_admin`: an administrator or owner of the workspace.
    - `is_gone`: the account was deactivated.

    Both are None when Slack did not say.
    """

    zone: str = ""
    locale: str = ""
    name: str = ""
    is_admin: bool | None = None
    is_gone: bool | None = None


class People:
    """Asks `users.info`, and remembers for an hour."""

    def __init__(self, web: AsyncWebClient) -> None:
        self._web = web
        self._known: OrderedDict[str, tuple[float, float, Person]] = OrderedDict()

    async def person(self, user: str, *, within: float = KEPT) -> Person:
        """What is known of a person, no older than so many seconds.

        What was known before stands when Slack fails or is slow.
        """
        asked, kept, person = self._known.get(user, (0.0, 0.0, Person()))
        if asked and time.monotonic() < asked + min(kept, within):
            return person
        try:
            person, kept = await asyncio.wait_for(self._ask(user), PATIENCE), KEPT
        except Exception as error:
            log.warning("Slack: users.info: %s", code_of(error) or type(error).__name__)
            kept = KEPT_FAILURE  # with what was known before
        remember(self._known, user, (time.monotonic(), kept, person), MOST)
        return person

    async def _ask(self, user: str) -> Person:
        answer = await self._web.users_info(user=user, include_locale=True)
        found = answer.get("user") or {}
        zone, locale, name = (found.get(key) or "" for key in ("tz", "locale", "real_name"))
        is_admin = any(found.get(role) for role in _ROLES)
        is_gone = bool(found["deleted"]) if "deleted" in found else None
        return Person(str(zone), str(locale), str(name), is_admin, is_gone)
