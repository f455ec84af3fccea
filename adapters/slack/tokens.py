"""Tokens of workspaces: found, renewed before they end, and given up when Slack takes them back.

A token that expires is good for 12 hours, and what the next one is got for is good once. So of all
processes one at a time exchanges it, and what it got is kept whatever happens to who waited for it.

Source: https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import exchanged
from adapters.slack.faults import NotInstalled, NoToken, code_of
from core.domain.installing import Installation
from core.installations import DATABASE_ERRORS, Installations
from core.telling import PAUSES, told

log = logging.getLogger(__name__)

EARLY = 2 * 3600.0
"""Seconds before its end at which a token is renewed: so long Slack may be away."""
AGAIN = 300.0
"""Seconds between two renewals of a token that is still good, also where one failed; and before it
is said again of a workspace that the bot is not in it."""
WAIT, LOOK = 15.0, 0.1
"""Seconds that another process is waited for which renews a token that has ended."""
REMOVED = ("account_inactive", "invalid_refresh_token", "token_revoked")
"""Slack has taken the token back: the app was removed from the workspace, or has to be installed
there again."""
STEADILY = (60.0,) * 600
"""Seconds between further tries to write a new token down: for most of the time that it is good."""
_NEWS = "Slack: a new token"

Gone = Callable[[str], Awaitable[object]]


class Tokens:
    """The token of each workspace, kept in memory while it is good."""

    def __init__(
        self,
        installations: Installations,
        web: AsyncWebClient,
        client: tuple[str, str],
        gone: Gone,
    ) -> None:
        """`client` is the app's id and secret; `gone` hears that the bot is not in a workspace."""
        self._installations = installations
        self._web = web
        self._client = client
        self._gone = gone
        self._kept: dict[str, Installation] = {}
        self._not_before: dict[str, float] = {}
        self._absent: dict[str, float] = {}
        self._finding: dict[tuple[str, str], asyncio.Task[Installation]] = {}
        self._writing: set[asyncio.Task[bool]] = set()

    async def token(self, team: str) -> str:
        """What to call Slack with now. Raises NoToken, or NotInstalled where the bot is not."""
        kept = self._kept.get(team)
        if kept is not None and not self._is_due(kept):
            return kept.token
        try:
            return (await self._found(team, refused="")).token
        except NotInstalled:
            raise
        except NoToken:
            if kept is not None and _is_good(kept):
                return kept.token  # the database is away, and this one has not ended
            raise

    async def instead(self, team: str, refused: str, code: str) -> str:
        """Another token in the place of one that Slack refused with that code; "" for none.

        Raises as `token`, and NotInstalled when Slack has taken it back for good.
        """
        found = await self._found(team, refused=refused if code == "token_expired" else "")
        if found.token != refused:
            return found.token
        if code in REMOVED:
            await self.remove(team, found)
            raise NotInstalled(team)
        return ""

    async def remove(self, team: str, only: Installation | None = None) -> None:
        """The bot was removed: delete the workspace's tokens, and let it be known.

        With `only`, a later installation stays.
        """
        self.forget(team)
        await told("Slack: the removal", lambda: self._removed(team, only), PAUSES)

    async def last(self, team: str) -> str:
        """As `token`, but it may have ended: for who must not wait until it is renewed."""
        return (self._kept.get(team) or await self._look(team)).token

    def forget(self, team: str) -> None:
        """Look into the database when the workspace is spoken of next: it was installed anew."""
        for memory in (self._kept, self._not_before, self._absent):
            memory.pop(team, None)

    async def stop(self, seconds: float) -> None:
        """Wait so long for tokens that are being exchanged: what comes back must not get lost."""
        if under_way := {*self._finding.values(), *self._writing}:
            await asyncio.wait(under_way, timeout=seconds)
        for task in self._writing:
            task.cancel()

    async def _removed(self, team: str, only: Installation | None) -> None:
        await self._installations.remove(team, only)
        if await self._installations.find(team) is None:
            await self._gone(team)

    async def _found(self, team: str, refused: str) -> Installation:
        """The newest installation. Whoever asks meanwhile gets the same; nobody cuts it off."""
        key = team, refused
        task = self._finding.get(key)
        if task is None:
            task = asyncio.create_task(self._find(team, refused), name=f"token of {team}")
            self._finding[key] = task
            task.add_done_callback(lambda _: self._finding.pop(key, None))
        return await asyncio.shield(task)

    async def _find(self, team: str, refused: str) -> Installation:
        found = await self._look(team)
        if self._is_due(found) or (found.token == refused and found.refresh):
            try:
                found = await self._renewed(found, refused)
            except DATABASE_ERRORS as error:
                if found.token == refused or not _is_good(found):
                    raise NoToken(f"no token can be kept ({type(error).__name__})") from None
        self._kept[team] = found
        return found

    async def _look(self, team: str) -> Installation:
        """What the database has. Where it has nothing, that is let known, and NotInstalled."""
        try:
            found = await self._installations.find(team)
        except Exception as error:
            log.error("Slack: a token can't be read: %s", type(error).__name__)
            raise NoToken(f"its token can't be read ({type(error).__name__})") from None
        if found is None:
            self._kept.pop(team, None)
            await self._tell_absent(team)
            raise NotInstalled(team)
        self._absent.pop(team, None)
        return found

    async def _tell_absent(self, team: str) -> None:
        now = time.monotonic()
        if now >= self._absent.get(team, 0.0):
            self._absent[team] = now + AGAIN
            await told("Slack: the removal", lambda: self._gone(team), PAUSES[:1])

    async def _renewed(self, found: Installation, refused: str) -> Installation:
        """The workspace's next token, got by this process or by another."""
        until, holder = time.monotonic() + WAIT, secrets.token_hex(8)
        while not await self._installations.may_renew(found.team, holder):
            if found.token != refused and _is_good(found):
                return found  # another process is at it
            if time.monotonic() > until:
                raise NoToken("another process renews its token")
            await asyncio.sleep(LOOK)
            newest = await self._look(found.team)
            if newest.token != found.token:
                return newest
        try:
            newest = await self._look(found.team)
            return newest if newest.token != found.token else await self._exchanged(found, refused)
        finally:
            with suppress(*DATABASE_ERRORS):  # then the lease ends by itself
                await self._installations.done_renewing(found.team, holder)

    async def _exchanged(self, found: Installation, refused: str) -> Installation:
        given = {"grant_type": "refresh_token", "refresh_token": found.refresh}
        try:
            answer = await exchanged(self._web, self._client, **given)
            after = _after(found, answer)
        except Exception as error:
            code = code_of(error)
            log.warning("Slack: a token was not renewed: %s", code or type(error).__name__)
            if _is_good(found) and found.token != refused:
                self._not_before[found.team] = time.monotonic() + AGAIN
                return found
            if code in REMOVED:
                await self.remove(found.team, found)
                raise NotInstalled(found.team) from None
            raise NoToken(f"its token can't be renewed ({code or type(error).__name__})") from None
        self._not_before[found.team] = time.monotonic() + AGAIN
        await self._write_down(found, after)
        return after

    async def _write_down(self, before: Installation, after: Installation) -> None:
        """Nobody else has the new token, so where the database is long away it is tried for long:
        in the background, for here it can be used.
        """

        def write() -> Awaitable[object]:
            return self._installations.renewed(before, after)

        if not await told(_NEWS, write, PAUSES):
            task = asyncio.create_task(told(_NEWS, write, STEADILY), name="a new token")
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    def _is_due(self, found: Installation) -> bool:
        if not found.refresh or found.seconds_left(_wall()) > EARLY:
            return False
        return time.monotonic() >= self._not_before.get(found.team, 0.0) or not _is_good(found)


def _after(before: Installation, answer: AsyncSlackResponse) -> Installation:
    seconds = answer.get("expires_in")
    return replace(
        before,
        token=str(answer["access_token"]),
        refresh=str(answer.get("refresh_token") or ""),
        expires_at=_wall() + timedelta(seconds=int(seconds)) if seconds else None,
    )


def _is_good(found: Installation) -> bool:
    return found.seconds_left(_wall()) > 0


def _wall() -> datetime:
    """Now by this computer's own clock, as Slack counts: SQUEAKY_NOW moves no token's end."""
    return datetime.fromtimestamp(time.time(), UTC)
