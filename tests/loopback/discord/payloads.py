"""The JSON of users, guilds, channels and messages, with the fields that Discord sends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.loopback.discord.errors import Json
from tests.loopback.discord.places import (
    DEFAULT_PERMISSIONS,
    GROUP_DM,
    Channel,
    Guild,
    Role,
    User,
)

if TYPE_CHECKING:
    from tests.loopback.discord.interactions import Interaction
    from tests.loopback.discord.messages import Message
    from tests.loopback.discord.world import World

MESSAGE_CONTENT = 1 << 15
JOINED = "2024-01-01T00:00:00+00:00"


def timestamp(seconds: float) -> str:
    """ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user_json(user: User) -> Json:
    """A user object."""
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": None if user.bot else user.display_name,
        "discriminator": "0001" if user.bot else "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def member_json(guild: Guild, user: User) -> Json:
    """A guild member object, with its permissions as interactions carry them."""
    return {
        "user": user_json(user),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "permissions": str(guild.permissions_of(user)),
    }


def role_json(id_: int, name: str, *, mentionable: bool, position: int) -> Json:
    """A role object."""
    return {
        "id": str(id_),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(DEFAULT_PERMISSIONS),
        "managed": False,
        "mentionable": mentionable,
        "flags": 0,
    }


def roles_json(guild: Guild) -> list[Json]:
    """All roles of a guild, @everyone first."""
    roles = [Role(guild.id, "@everyone", False), *guild.roles.values()]
    return [
        role_json(role.id, role.name, mentionable=role.mentionable, position=index)
        for index, role in enumerate(roles)
    ]


def channel_json(channel: Channel) -> Json:
    """A channel object: text channel or DM."""
    last = str(channel.messages[-1].id) if channel.messages else None
    found: Json = {"id": str(channel.id), "type": channel.kind, "last_message_id": last, "flags": 0}
    if channel.guild is None:
        return found | _private(channel)
    if channel.parent is not None:
        return found | _thread(channel, channel.guild)
    return found | {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "position": 0,
        "permission_overwrites": _overwrites(channel),
        "nsfw": False,
        "topic": None,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "permissions": str(DEFAULT_PERMISSIONS),
    }


def _private(channel: Channel) -> Json:
    """A DM with the bot, or a channel of people; a group has a name and an owner besides."""
    people = channel.people or (channel.recipient,)
    found: Json = {"recipients": [user_json(one) for one in people if one is not None]}
    if channel.kind == GROUP_DM:
        found |= {"name": channel.name, "icon": None, "owner_id": str(channel.people[0].id)}
    return found


def _thread(channel: Channel, guild: Guild) -> Json:
    assert channel.parent is not None
    times = {"archive_timestamp": JOINED, "create_timestamp": JOINED}
    return {
        "guild_id": str(guild.id),
        "parent_id": str(channel.parent.id),
        "owner_id": str(NOBODY),
        "name": channel.name,
        "message_count": len(channel.messages),
        "member_count": 1,
        "total_message_sent": len(channel.messages),
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "locked": False,
            **times,
        },
    }


def _overwrites(channel: Channel) -> list[Json]:
    """What the bot may not do here besides what its roles allow: a bot is told of all channels."""
    denied = DEFAULT_PERMISSIONS & ~channel.bot_permissions
    if not denied:
        return []
    return [{"id": str(channel.world.bot.id), "type": 1, "allow": "0", "deny": str(denied)}]


def guild_json(world: World, guild: Guild) -> Json:
    """A guild as GUILD_CREATE carries it to a bot without the members intent."""
    everything = [one for one in guild.channels.values() if not one.deleted]
    channels = [one for one in everything if one.parent is None]
    threads = [one for one in everything if one.parent is not None]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(next(iter(guild.admins), NOBODY)),
        "unavailable": False,
        "large": False,
        "member_count": len(guild.members) + 1,
        "preferred_locale": guild.locale,
        "features": [],
        "roles": roles_json(guild),
        "emojis": [],
        "stickers": [],
        "channels": [channel_json(one) for one in channels],
        "threads": [channel_json(one) for one in threads],
        "members": [member_json(guild, world.bot)],
        "presences": [],
        "voice_states": [],
        "joined_at": JOINED,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "afk_timeout": 300,
        "premium_tier": 0,
        "nsfw_level": 0,
        "mfa_level": 0,
    }


NOBODY = 1
"""The id of somebody who is not here."""


def attachment_json(message: Message, name: str, size: int, index: int) -> Json:
    """An attachment object. The url leads nowhere."""
    url = f"https://cdn.discordapp.com/attachments/{message.channel.id}/{message.id}/{name}"
    id_ = str(message.id + 1 + index)
    return {"id": id_, "filename": name, "size": size, "url": url, "proxy_url": url}


def message_json(
    world: World, message: Message, *, nonce: bool = False, whole: bool = False
) -> Json:
    """A message object; of others' messages the text is kept back without the intent for it.

    `whole` is for one on which a command was used: of that nothing is kept back.
    """
    mine = message.author is world.bot or message.channel.recipient is not None
    open_ = whole or mine or bool(world.privileged_intents & MESSAGE_CONTENT)
    files = enumerate(message.files.items())
    found: Json = {
        "id": str(message.id),
        "type": 0,
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content if open_ else "",
        "embeds": message.embeds if open_ else [],
        "components": message.components if open_ else [],
        "attachments": [attachment_json(message, n, len(d), i) for i, (n, d) in files]
        if open_
        else [],
        "timestamp": timestamp(message.created),
        "edited_timestamp": None if message.edited is None else timestamp(message.edited),
        "tts": False,
        "mention_everyone": message.pings.everyone,
        "mentions": [user_json(world.users[id_]) for id_ in message.pings.users],
        "message_snapshots": message.forwarded if open_ else [],
        "mention_roles": [str(id_) for id_ in message.pings.roles],
        "pinned": False,
        "flags": message.flags,
    }
    if nonce and message.nonce is not None:
        found["nonce"] = message.nonce
    return found | _origin(world, message.interaction)


def _origin(world: World, interaction: Interaction | None) -> Json:
    if interaction is None:
        return {}
    metadata: Json = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": user_json(interaction.user),
        "authorizing_integration_owners": {},
    }
    app = str(world.application_id)
    return {"application_id": app, "webhook_id": app, "interaction_metadata": metadata}
