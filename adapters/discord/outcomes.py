"""What Discord's refusals and lost answers mean for a delivery.

Sources: Discord's table of JSON error codes; how discord.py 2.7.1 raises them, measured.
"""

from __future__ import annotations

import aiohttp
import discord

from core.domain.deliveries import Dead, Held, Later, Outcome, Reach, Unknown
from core.language import N_

UNKNOWN_CHANNEL = 10003
OPENING_TOO_FAST = 40003
NO_SERVER_IN_COMMON = 50278
_HELD = {
    10013: N_("Discord doesn't know this account any more"),
    50007: N_("Discord doesn't let me write to this person: their direct messages are closed"),
    NO_SERVER_IN_COMMON: N_(
        "Discord lets me write first only to those with whom I share a server, and we share none: "
        "join one that I am in, or add me to one"
    ),
}

WHERE = N_("Edit Channel > Permissions")
"""Where Discord's own client lets somebody change what a bot may do in a channel."""
MISSING_ACCESS, MISSING_PERMISSIONS = 50001, 50013
DELETED = N_(
    "The channel was deleted. Bring the club to another one: type `/followup club move` there."
)
_HELD_IN_ROOM = {
    UNKNOWN_CHANNEL: DELETED,
    MISSING_ACCESS: N_(
        "I can't see the channel. Give me View Channel there (Edit Channel > Permissions)."
    ),
    MISSING_PERMISSIONS: N_(
        "I may not write in the channel. Give me View Channel, Send Messages and, for a thread, "
        "Send Messages in Threads there (Edit Channel > Permissions)."
    ),
    50083: N_(
        "The thread is archived and locked. Unlock it, or type `/followup club move` in another "
        "channel."
    ),
    160005: N_(
        "The thread is locked. Unlock it, or type `/followup club move` in another channel."
    ),
}

SOON, LATER, MUCH_LATER = 30.0, 300.0, 600.0
"""Seconds: for a network that is down, for a token that is wrong, for Discord's trust."""

NOT_REACHED = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What discord.py raises for a failed call. OSError includes TimeoutError."""

REFUSED = Later(LATER, "Discord refuses the bot's token", Reach.WORKSPACE)
_TOO_MANY = "Discord asks us to slow down"


def outcome_of(error: Exception, limited: Reach = Reach.PARCEL) -> Outcome:
    """What a failed send means. What isn't a clear refusal may have been stored: Unknown.

    `limited` is whom it concerns if Discord asks us to slow down. A refusal that says itself that
    it is for the whole bot, or that comes from Cloudflare's door, concerns everybody.
    """
    if isinstance(error, discord.RateLimited):
        return Later(error.retry_after, _TOO_MANY, limited, limited=True)
    if isinstance(error, discord.HTTPException):
        return _refused(error, limited)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(SOON, "Discord can't be reached", Reach.WORKSPACE)
    return Unknown(f"no answer from Discord ({type(error).__name__})")


def outcome_in_room(error: Exception, limited: Reach = Reach.PARCEL) -> Outcome:
    """What a failed post into a channel means. A refusal is held, with what mends it."""
    if isinstance(error, discord.HTTPException) and error.status in (403, 404):
        unnamed = N_("Discord doesn't let me post in the channel ({code})")
        code = f"{error.code}: {error.text}"
        return Held(_HELD_IN_ROOM.get(error.code) or unnamed.format(code=code))
    return outcome_of(error, limited)


def lack_in_room(error: Exception) -> str:
    """What mends that the bot can't look into a channel; "" when it is no refusal of that."""
    code = error.code if isinstance(error, discord.HTTPException) else 0
    return _HELD_IN_ROOM.get(code, "")


def asked_in_vain(error: Exception, limited: Reach = Reach.PARCEL) -> Outcome:
    """What a failed question means. It has no effect, so one whose answer was lost is repeated."""
    outcome = outcome_of(error, limited)
    return Later(SOON, outcome.reason) if isinstance(outcome, Unknown) else outcome


def unfound(error: Exception, limited: Reach = Reach.PARCEL) -> Outcome:
    """What a failed look for a doubtful message means: one that was refused says nothing about it.

    Held, where we know why the person can't be reached: sending it again would fail as well.
    """
    outcome = asked_in_vain(error, limited)
    known = isinstance(error, discord.HTTPException) and error.code in _HELD
    if known or not isinstance(outcome, Held | Dead):
        return outcome
    return Unknown(f"no lookup: {outcome.reason}")


def seconds_asked_for(error: Exception) -> float:
    """How long Discord wants to be left alone; 0 when this is about something else."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if isinstance(error, discord.HTTPException) and error.status == 429:
        return _retry_after(error)
    return 0.0


def _refused(error: discord.HTTPException, limited: Reach) -> Outcome:
    if error.status >= 500:
        return Unknown(f"Discord answered {error.status}")
    if error.status == 429:
        return Later(_retry_after(error), _TOO_MANY, _reach_of(error, limited), limited=True)
    if error.status == 401:
        return REFUSED
    if error.code == OPENING_TOO_FAST:
        reason = "Discord wants us to open private conversations more slowly"
        return Later(MUCH_LATER, reason, Reach.LANE, limited=True)
    if error.code in _HELD:
        return Held(_HELD[error.code], parted=error.code == NO_SERVER_IN_COMMON)
    if error.status in (403, 404):
        unnamed = N_("Discord doesn't let me write to this person ({code})")
        return Held(unnamed.format(code=f"{error.code}: {error.text}"))
    return Dead(f"Discord refused the message ({error.status}, {error.code}: {error.text})")


def _reach_of(error: discord.HTTPException, limited: Reach) -> Reach:
    headers = error.response.headers
    everybody = "X-RateLimit-Global" in headers or "Via" not in headers
    return Reach.WORKSPACE if everybody else limited


def _retry_after(error: discord.HTTPException) -> float:
    """Seconds, from the header; a refusal at Cloudflare's door may carry none."""
    try:
        return max(float(error.response.headers.get("Retry-After", "")), 1.0)
    except ValueError:
        return LATER
