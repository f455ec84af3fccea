"""What can be wrong between the bot and Discord before it runs, and what to do about it."""

from __future__ import annotations

import base64
import binascii

import discord

PORTAL = "https://discord.com/developers/applications"
TOKEN_REFUSED = (
    "Discord refuses DISCORD_TOKEN. Make a new one (developer portal, your application, Bot, "
    f"Reset Token) and set it: {PORTAL}"
)
AUTHENTICATION_FAILED = 4004
"""The gateway's close code for a token that it doesn't accept."""
TOO_MANY_SERVERS = 4011
INVALID_INTENTS = 4013


def refuses_token(error: Exception | None) -> bool:
    """Whether trying again with the same token is pointless."""
    if isinstance(error, discord.ConnectionClosed):
        return error.code == AUTHENTICATION_FAILED
    return isinstance(error, discord.LoginFailure)


def _refuses_intents(error: Exception | None) -> bool:
    if isinstance(error, discord.ConnectionClosed):
        return error.code == INVALID_INTENTS
    return isinstance(error, discord.PrivilegedIntentsRequired)  # discord.py's word for 4014


def problem_with(error: Exception | None) -> str:
    """One sentence on why Discord can't be used now. Never holds the token."""
    if refuses_token(error):
        return TOKEN_REFUSED
    if isinstance(error, discord.HTTPException):
        return f"Discord answers with an error ({error.status})."
    if _refuses_intents(error):
        return (
            "Discord refuses what the bot wants to hear of, which is no privileged intent: bring "
            "Squeaky and its libraries up to date."
        )
    if isinstance(error, discord.ConnectionClosed):
        if error.code == TOO_MANY_SERVERS:
            return "The bot is in too many servers for its connections: raise DISCORD_SHARDS."
        return f"Discord closed the connection ({error.code})."
    if error is None:
        return "The connection to Discord ended."
    return f"Discord can't be reached ({type(error).__name__}): is the network up?"


def problems_of_gateway(advised: int, shards: int, left: int, reset_ms: int) -> list[str]:
    """What keeps the bot from connecting; as Discord tells of its gateway and our shards."""
    found = []
    if advised > shards:
        found.append(
            f"The bot is in so many servers that Discord advises {advised} shards: set "
            f"DISCORD_SHARDS to {advised}."
        )
    if left < shards:
        hours = max(1, round(reset_ms / 3_600_000))
        found.append(
            f"The bot has connected too often today, and Discord lets it connect {left} times "
            f"more in the next {hours} h: stop whatever starts it again and again."
        )
    return found


def problems_of(application: discord.AppInfo) -> list[str]:
    """What in the application's own settings keeps the bot from working."""
    found = []
    if application.interactions_endpoint_url:
        found.append(
            "Discord sends commands to an Interactions Endpoint URL instead of the bot. Empty that "
            f"field (developer portal, your application, General Information): {PORTAL}"
        )
    if application.bot_require_code_grant:
        found.append(
            "The bot can't be installed while Requires OAuth2 Code Grant is on. Turn it off "
            f"(developer portal, your application, Bot): {PORTAL}"
        )
    return found


SERVER, PERSON = 0, 1
"""Discord's integration types: who adds the bot."""
OWN_INSTALL_OFF = (
    "nobody can, while User Install is off (developer portal, your application, Installation)"
)
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, attach_files=True, read_message_history=True
)
"""What the bot asks for when it is added: what the channel of a club needs. All else needs none."""


def invitation(application_id: int | None, token: str) -> str:
    """Where to add the bot to a server. A token begins with its application's id, in base64."""
    known = application_id or _id_in(token)
    if known is None:
        return PORTAL
    scopes = ("bot", "applications.commands")
    link = discord.utils.oauth_url(known, permissions=PERMISSIONS, scopes=scopes)
    return f"{link}&integration_type={SERVER}"


def own_invitation(application_id: int | None, token: str) -> str:
    """Where somebody adds the bot to their own account: that gives it no permission anywhere."""
    known = application_id or _id_in(token)
    if known is None:
        return PORTAL
    link = discord.utils.oauth_url(known, scopes=("applications.commands",))
    return f"{link}&integration_type={PERSON}"


def own_install_is_off(application: discord.AppInfo) -> bool:
    """Whether nobody can add the bot to their own account, though servers can."""
    if application.guild_integration_config is None:
        return False  # an application that says nothing of it
    return application.user_integration_config is None


def _id_in(token: str) -> int | None:
    start = token.partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(start + "=" * (-len(start) % 4)))
    except (binascii.Error, ValueError):
        return None
