"""Members' Home tabs, shown anew after whatever they do.

Slack keeps no version of a Home but the last that was published, whichever process that was. So
each publishes what is in the database and then looks whether it still is: of two that meet, the one
that publishes last sees what the other changed.

Limits: https://docs.slack.dev/reference/methods/views.publish (tier 4: over 100 a minute)
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import code_of, may_pass, outcome_of
from adapters.slack.render import home_view
from core.caller import Account
from core.desk import Desk
from core.domain.deliveries import Later
from core.reply import Message
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

SETTLE = 0.5
"""Seconds after the first of several changes: those of one moment are shown together."""
PACE = 0.6
"""Seconds between two Homes that are shown anew: 100 a minute."""
AGAIN = 5.0
TRIES = 4
ROUNDS = 3
"""How often a Home is shown again because something happened meanwhile."""
OFF = 3600.0
"""Seconds in which nothing is tried where the Home tab is off."""
MOST = 10_000
"""Homes that wait at most; whose is left out sees it anew on opening it."""
_OFF = "not_enabled"
_OVERTAKEN = "hash_conflict"


@dataclass(frozen=True)
class _Waiting:
    """Why a Home is to be shown anew: `last` is what to show to somebody who was forgotten."""

    at: float
    tries: int = 0
    last: Message | None = None


class Homes:
    """Publishes Homes: at once for who presses or looks, at a pace for all else."""

    def __init__(self, web: AsyncWebClient, desk: Desk) -> None:
        self._web = web
        self._desk = desk
        self._waiting: dict[Account, _Waiting] = {}
        self._worker: asyncio.Task[None] | None = None
        self._off_until = 0.0

    async def answer(self, account: Account, message: Message, hash: str = "") -> None:
        """Show a whole Home because its member pressed something there, or opened it.

        `hash` is of the Home that they saw: where it was shown anew since, it may know more than
        this answer. Raises what Slack raises; what may pass is tried again by itself.
        """
        try:
            overtaken = await self._overtaken(account, message, hash)
        except Exception as error:
            if not self._is_off(error) and may_pass(error):
                self.changed(account)
            raise
        if overtaken:
            try:
                await self._keep_true(account, message)
            except Exception:
                self.changed(account)  # it is shown, and looked after once more

    async def open(self, account: Account, message: Message, hash: str) -> None:
        """As `answer`, for who only looks: nothing of theirs is lost if it fails. Never raises."""
        try:
            await self.answer(account, message, hash)
        except Exception as error:
            code = code_of(error)
            if code != _OFF:
                log.warning("Slack: a Home could not be opened: %s", code or type(error).__name__)

    def changed(self, account: Account, last: Message | None = None) -> None:
        """Somebody did something in another place: show their Home anew, if they have one.

        With `last` they were forgotten, and this takes the place of what their Home shows.
        """
        now = _now()
        if now < self._off_until or len(self._waiting) >= MOST:
            return
        before = self._waiting.get(account)
        if before is None or last is not None:
            self._waiting[account] = _Waiting(before.at if before else now + SETTLE, last=last)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work(), name="slack homes")

    async def stop(self) -> None:
        """Leave what waits: it is shown anew on opening."""
        self._waiting.clear()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
            self._worker = None

    async def _work(self) -> None:
        while self._waiting:
            account = min(self._waiting, key=lambda one: self._waiting[one].at)
            await asyncio.sleep(max(0.0, self._waiting[account].at - _now()))
            waiting = self._waiting.pop(account, None)
            if waiting is None:  # the Home tab turned out to be off
                continue
            try:
                shown = await self._show_anew(account, waiting.last)
            except Exception as error:
                await self._failed(account, waiting, error)
            else:
                await asyncio.sleep(PACE if shown else 0)

    async def _show_anew(self, account: Account, last: Message | None) -> bool:
        """Whether there was anything to show."""
        message = await self._desk.home(account) or last
        if message is None:
            return False
        await self._publish(account, message)
        await self._keep_true(account, message)
        return True

    async def _keep_true(self, account: Account, shown: Message) -> None:
        """Show the Home again while it is not what it should be."""
        for _ in range(ROUNDS):
            now = await self._desk.home(account)
            if now is None or _shows(shown, now):
                return
            await self._publish(account, now)
            shown = now

    async def _overtaken(self, account: Account, message: Message, hash: str) -> bool:
        """Publish, and say whether the Home had been shown anew meanwhile."""
        try:
            await self._publish(account, message, hash)
        except Exception as error:
            if code_of(error) != _OVERTAKEN:
                raise
            await self._publish(account, message)
            return True
        return False

    async def _publish(self, account: Account, message: Message, hash: str = "") -> None:
        await self._web.views_publish(
            user_id=account.user, view=home_view(message), hash=hash or None
        )

    async def _failed(self, account: Account, waiting: _Waiting, error: Exception) -> None:
        """Wait where Slack asks for it, and come back to this one later."""
        if self._is_off(error):
            return
        code = code_of(error)
        log.warning("Slack: a Home could not be shown: %s", code or kind_and_place(error))
        if not may_pass(error) or waiting.tries + 1 >= TRIES:
            return
        outcome = outcome_of(error)
        asked = outcome.seconds if isinstance(outcome, Later) and outcome.limited else 0.0
        later = replace(waiting, at=_now() + (asked or AGAIN), tries=waiting.tries + 1)
        self._waiting.setdefault(account, later)
        await asyncio.sleep(asked)

    def _is_off(self, error: Exception) -> bool:
        """Whether the app has no Home tab, which only whoever runs the bot can change."""
        if code_of(error) != _OFF:
            return False
        if _now() >= self._off_until:
            log.warning(
                "Slack: the Home tab is off: turn it on under App Home, or paste the newest "
                "manifest under App Manifest"
            )
        self._off_until = _now() + OFF
        self._waiting.clear()
        return True


def _shows(shown: Message, now: Message) -> bool:
    """Whether the page below the tabs, and below what stands above it, is the one of now."""
    page = now.blocks[1:]
    return shown.blocks[-len(page) :] == page


def _now() -> float:
    return asyncio.get_running_loop().time()
