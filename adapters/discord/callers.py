"""Who is behind an interaction."""

from __future__ import annotations

from adapters.discord.standing import Interaction, standing_of
from core.caller import Account, Caller, Platform, Room

__all__ = ["Interaction", "caller_of", "room_of"]

FORM_SIZE = 5
"""Fields in a modal."""
LINK_SIZE = 512
"""Characters in a link button's address."""


def caller_of(interaction: Interaction) -> Caller:
    """The person who typed, pressed or filled in. Discord never tells their time zone."""
    room = room_of(interaction)
    return Caller(
        account=Account(Platform.DISCORD, "", str(interaction.user.id)),
        key=str(interaction.id),
        locale=str(interaction.locale),
        name=interaction.user.display_name,
        form_size=FORM_SIZE,
        link_size=LINK_SIZE,
        installed=interaction.is_user_integration(),
        room=room,
        standing=standing_of(interaction) if room else None,
    )


def room_of(interaction: Interaction) -> Room | None:
    """The channel or thread of a server that it came from; None in private conversations."""
    if interaction.guild_id is None or interaction.channel_id is None:
        return None
    channel, server = str(interaction.channel_id), str(interaction.guild_id)
    return Room(Platform.DISCORD, "", channel, server=server)
