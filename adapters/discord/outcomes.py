"""What Discord's refusals and lost answers mean for a delivery.

Sources: Discord's table of JSON error codes; how discord.py 2.7.1 raises them, measured.
"""

from __future__ import annotations

import logging

import aiohttp
import discord

from core.domain.deliveries import Dead, Held, Later, Outcome, Unknown

UNKNOWN_CHANNEL = 10003
OPENING_TOO_FAST = 40003
_HELD = {
    10013: "Discord doesn't know this account any more",
    50007: "Discord doesn't let me write to this person: their direct messages are closed",
    50278: "Discord doesn't let me write to this person: we share no server",
}

SOON, LATER, MUCH_LATER = 30.0, 300.0, 600.0
"""Seconds: for a network that is down, for a token that is wrong, for Discord's trust."""

NOT_REACHED = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What discord.py raises for a failed call. OSError includes TimeoutError."""

log = logging.getLogger(__name__)


def outcome_of(error: Exception) -> Outcome:
    """What a failed send means. What isn't a clear refusal may have been stored: Unknown."""
    if isinstance(error, discord.RateLimited):
        return Later(error.retry_after, "Discord asks us to slow down")
    if isinstance(error, discord.HTTPException):
        return _refused(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(SOON, "Discord can't be reached")
    return Unknown(f"no answer from Discord ({type(error).__name__})")


def _refused(error: discord.HTTPException) -> Outcome:
    if error.status >= 500:
        return Unknown(f"Discord answered {error.status}")
    if error.status == 429:
        return Later(_retry_after(error), "Discord asks us to slow down")
    if error.status == 401:
        log.error("Discord refuses the bot's token: set DISCORD_TOKEN to a fresh one")
        return Later(LATER, "Discord refuses the bot's token")
    if error.code == OPENING_TOO_FAST:
        return Later(MUCH_LATER, "Discord wants us to open private conversations more slowly")
    if error.code in _HELD:
        return Held(_HELD[error.code])
    if error.status in (403, 404):
        return Held(f"Discord doesn't let me write to this person ({error.code}: {error.text})")
    return Dead(f"Discord refused the message ({error.status}, {error.code}: {error.text})")


def _retry_after(error: discord.HTTPException) -> float:
    """Seconds, from the header; a refusal at Cloudflare's door may carry none."""
    try:
        return max(float(error.response.headers.get("Retry-After", "")), 1.0)
    except ValueError:
        return LATER
