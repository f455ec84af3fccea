"""What Slack knows of a person: their time zone, language and name."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import code_of

log = logging.getLogger(__name__)

KEPT = 3600.0
"""Seconds that an answer stands."""
KEPT_FAILURE = 60.0
PATIENCE = 1.5
"""Seconds that a request waits for this; a trigger lasts 3."""
MOST = 10_000


@dataclass(frozen=True)
class Person:
    """An IANA zone, a locale such as `en-US` and a name; empty when Slack did not say."""

    zone: str = ""
    locale: str = ""
    name: str = ""


class People:
    """Asks `users.info`, and remembers for an hour."""

    def __init__(self, web: AsyncWebClient) -> None:
        self._web = web
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()

    async def person(self, user: str) -> Person:
        """What is known of a person; nothing when Slack fails or is slow."""
        until, person = self._known.get(user, (0.0, Person()))
        if until > time.monotonic():
            return person
        try:
            person, kept = await asyncio.wait_for(self._ask(user), PATIENCE), KEPT
        except Exception as error:
            log.warning("Slack: users.info: %s", code_of(error) or type(error).__name__)
            kept = KEPT_FAILURE  # with what was known before
        self._known[user] = (time.monotonic() + kept, person)
        self._known.move_to_end(user)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return person

    async def _ask(self, user: str) -> Person:
        answer = await self._web.users_info(user=user, include_locale=True)
        found = answer.get("user") or {}
        zone, locale, name = (found.get(key) or "" for key in ("tz", "locale", "real_name"))
        return Person(str(zone), str(locale), str(name))
