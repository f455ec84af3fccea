"""What somebody may do in a channel, and what the bot lacks there: Discord says so each time."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

import discord

from adapters.discord.diagnosis import invitation
from adapters.discord.outcomes import WHERE
from core.caller import Lack, Standing
from core.language import N_, tr

Interaction: TypeAlias = "discord.Interaction[discord.Client]"

NEEDED: dict[str, str] = {
    "view_channel": N_("View Channel"),
    "send_messages": N_("Send Messages"),
    "attach_files": N_("Attach Files"),
    "read_message_history": N_("Read Message History"),
}
"""What a club's channel needs, by Discord's name for it in words."""
IN_THREADS = {"send_messages_in_threads": N_("Send Messages in Threads")}


def standing_of(interaction: Interaction) -> Standing:
    """Of the person and of the bot, in the channel of a server that it came from."""
    may = interaction.permissions
    return Standing(may.manage_channels or may.administrator, tuple(_lacks(interaction)))


def _lacks(interaction: Interaction) -> list[Lack]:
    if not interaction.is_guild_integration():
        return [partial(_brought_along, invitation(interaction.application_id, ""))]
    has = interaction.app_permissions
    thread = isinstance(interaction.channel, discord.Thread)
    needed = NEEDED | IN_THREADS if thread else NEEDED
    if thread:
        needed = {name: words for name, words in needed.items() if name != "send_messages"}
    missing = [words for name, words in needed.items() if not getattr(has, name)]
    if has.administrator or not missing:
        return []
    return [partial(_needs, missing)]


def _brought_along(link: str) -> str:
    return tr(
        "I am not in this server: you brought me along yourself. Somebody who may manage the "
        "server can add me: {link}",
        link=link,
    )


def _needs(missing: list[str]) -> str:
    return tr(
        "I need {permissions} here. Give me that: {where}, then add me or my role.",
        permissions=_listed([tr(permission) for permission in missing]),
        where=tr(WHERE),
    )


def _listed(words: list[str]) -> str:
    *first, last = words
    return tr("{first} and {last}", first=", ".join(first), last=last) if first else last
