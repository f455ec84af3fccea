"""The bot in a workspace that installed it: with what token, and until when that is good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Installation:
    """One workspace that installed the app. What it is called is for whoever runs the bot.

    - `token` and `refresh`: what Slack is called with, and what the next token is got for, once.
      Both are secrets; `refresh` is empty where tokens are good for ever.
    - `expires_at`: when the token ends; None for never.
    - `scopes`: what the token may do.
    """

    team: str
    token: str = field(repr=False)
    installed_at: datetime
    name: str = ""
    enterprise: str = ""
    app: str = ""
    bot: str = ""
    bot_user: str = ""
    scopes: tuple[str, ...] = ()
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None

    def seconds_left(self, now: datetime) -> float:
        """How long the token is still good; endless where it does not expire."""
        if self.expires_at is None:
            return float("inf")
        return (self.expires_at - now).total_seconds()
