"""slack_sdk's stores for an app that many workspaces install, on our database.

slack_sdk's own for SQLAlchemy opens transactions of its own, which on SQLite would not stand in our
queue, adds a row for every token there ever was, and keeps them as they are. This one keeps the
bot's tokens of each workspace, sealed, and nothing of the person who installed it: the app asks for
no token of theirs.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.client import LIBRARY_LOG
from core import installations
from core.domain.installing import Installation as Kept
from core.trouble import kind_and_place

log = logging.getLogger(__name__)


class InstallationStore(AsyncInstallationStore):
    """Installations in workspaces. One in a whole organization is never kept."""

    def __init__(self, kept: installations.Installations) -> None:
        self._kept = kept

    @property
    def logger(self) -> logging.Logger:
        """Where slack_sdk may complain."""
        return LIBRARY_LOG

    async def async_save(self, installation: Installation) -> None:
        """Keep it. Raises BoltError when the database can't."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep it. Raises BoltError when the database can't."""
        try:
            await self._kept.save(_kept(bot))
        except Exception as error:
            log.error("Slack: an installation was not written down: %s", kind_and_place(error))
            raise BoltError("the installation could not be written down") from None

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The installation in a workspace, whichever organization it belongs to."""
        if is_enterprise_install or not team_id:
            return None
        found = await self._kept.find(team_id)
        return Bot(**_told(found)) if found else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """As `async_find_bot`: it is the same for everybody there."""
        if is_enterprise_install or not team_id:
            return None
        found = await self._kept.find(team_id)
        return Installation(user_id=user_id or "", **_told(found)) if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete a workspace's tokens."""
        if team_id:
            await self._kept.remove(team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """As `async_delete_bot`; of one person there is nothing to delete."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)


class StateStore(AsyncOAuthStateStore):
    """Proofs that who comes back from Slack began here: good for 10 minutes, and once."""

    def __init__(self, kept: installations.Installations) -> None:
        self._kept = kept

    @property
    def logger(self) -> logging.Logger:
        """Where slack_sdk may complain."""
        return LIBRARY_LOG

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new one."""
        del args, kwargs
        return self._kept.new_state()

    async def async_consume(self, state: str) -> bool:
        """Whether it is good; it is not from now on."""
        return await self._kept.use_state(state)


def _kept(bot: Bot) -> Kept:
    """What is kept. Raises ValueError for what is not of one workspace."""
    if bot.is_enterprise_install or not bot.team_id or not bot.bot_token:
        raise ValueError("only what is installed in one workspace is kept")
    ends = bot.bot_token_expires_at
    return Kept(
        team=bot.team_id,
        token=bot.bot_token,
        installed_at=datetime.fromtimestamp(bot.installed_at, UTC),
        name=bot.team_name or "",
        enterprise=bot.enterprise_id or "",
        app=bot.app_id or "",
        bot=bot.bot_id or "",
        bot_user=bot.bot_user_id or "",
        scopes=tuple(bot.bot_scopes),
        refresh=bot.bot_refresh_token or "",
        expires_at=datetime.fromtimestamp(ends, UTC) if ends is not None else None,
    )


def _told(found: Kept) -> dict[str, Any]:
    """As the library's records want it."""
    ends = found.expires_at
    return {
        "app_id": found.app,
        "enterprise_id": found.enterprise or None,
        "team_id": found.team,
        "team_name": found.name,
        "bot_token": found.token,
        "bot_id": found.bot,
        "bot_user_id": found.bot_user,
        "bot_scopes": list(found.scopes),
        "bot_refresh_token": found.refresh or None,
        "bot_token_expires_at": int(ends.timestamp()) if ends else None,
        "installed_at": found.installed_at.timestamp(),
    }
