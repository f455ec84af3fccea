"""What somebody may do in a channel, and what the bot lacks there: Discord says so each time."""

from __future__ import annotations

from typing import TypeAlias

import discord

from adapters.discord.diagnosis import invitation
from adapters.discord.outcomes import WHERE
from core.caller import Standing

Interaction: TypeAlias = "discord.Interaction[discord.Client]"

NEEDED: dict[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
"""What a club's channel needs, by Discord's name for it in words."""
IN_THREADS = {"send_messages_in_threads": "Send Messages in Threads"}


def standing_of(interaction: Interaction) -> Standing:
    """Of the person and of the bot, in the channel of a server that it came from."""
    may = interaction.permissions
    return Standing(may.manage_channels or may.administrator, tuple(_lacks(interaction)))


def _lacks(interaction: Interaction) -> list[str]:
    if not interaction.is_guild_integration():
        link = invitation(interaction.application_id, "")
        return [
            "I am not in this server: you brought me along yourself. Somebody who may manage the "
            f"server can add me: {link}"
        ]
    has = interaction.app_permissions
    thread = isinstance(interaction.channel, discord.Thread)
    needed = NEEDED | IN_THREADS if thread else NEEDED
    if thread:
        needed = {name: words for name, words in needed.items() if name != "send_messages"}
    missing = [words for name, words in needed.items() if not getattr(has, name)]
    if has.administrator or not missing:
        return []
    return [f"I need {_listed(missing)} here. Give me that: {WHERE}, then add me or my role."]


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
