"""Builds the data of interactions as Discord's own client does: commands and their options."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from tests.loopback.discord.commands import GROUP, SUBCOMMAND
from tests.loopback.discord.errors import Json, UsageError
from tests.loopback.discord.interactions import Interaction
from tests.loopback.discord.messages import Message
from tests.loopback.discord.payloads import (
    channel_json,
    member_json,
    message_json,
    role_json,
    user_json,
)
from tests.loopback.discord.places import ADMINISTRATOR, ATTACH_FILES, Channel, Role, User
from tests.loopback.discord.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10
GUILD_CONTEXT, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2
GUILD_INSTALL, USER_INSTALL = 0, 1
BROUGHT_ALONG = ATTACH_FILES | 1 << 14 | 1 << 17
"""What an app may do in answers where only a person has installed it."""
_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
}


def envelope(world: World, interaction: Interaction) -> Json:
    """The interaction as INTERACTION_CREATE carries it."""
    channel, user = interaction.channel, interaction.user
    guild = channel.guild
    inside = guild.bot_inside if guild else not channel.people
    found: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.kind,
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": channel_json(channel),
        "app_permissions": str(channel.bot_permissions if inside else BROUGHT_ALONG),
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": _owners(channel, user),
        "context": _context(channel),
        "attachment_size_limit": 10485760,
    }
    if guild is None:
        found["user"] = user_json(user)
    else:
        found["guild_id"] = str(guild.id)
        found["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
        found["guild_locale"] = guild.locale
        may = {"permissions": str(channel.permissions_of(user))}
        found["member"] = member_json(guild, user) | may
    if interaction.source is not None:
        found["message"] = message_json(world, interaction.source)
    return found


def _context(channel: Channel) -> int:
    if channel.guild is not None:
        return GUILD_CONTEXT
    return PRIVATE_CHANNEL if channel.people else BOT_DM


def _owners(channel: Channel, user: User) -> Json:
    """By which installation it came: of the server, or of the person; or by both."""
    owners = {}
    for kind in installs(channel, user):
        server = str(channel.guild.id) if channel.guild else "0"
        owners[str(kind)] = server if kind == GUILD_INSTALL else str(user.id)
    return owners


def installs(channel: Channel, user: User) -> list[int]:
    """The installations by which the person may use the bot there."""
    if channel.guild is not None:
        by_server = channel.guild.bot_inside
    else:
        by_server = channel.recipient is user and channel.world.shares_guild(user)
    return [GUILD_INSTALL] * by_server + [USER_INSTALL] * user.installed


def new_interaction(
    world: World, kind: int, user: User, channel: Channel, data: Json, source: Message | None
) -> Interaction:
    """An interaction with a fresh id and token."""
    made = Interaction(
        world.new_id(), secrets.token_urlsafe(64), kind, user, channel, data, world.now(), source
    )
    world.interactions[made.id] = made
    return made


def find_command(world: World, channel: Channel, user: User, name: str, kind: int = 1) -> Json:
    """The synced command of that name that this person may use here."""
    if not channel.visible_to(user):
        raise UsageError(f"{user.name} is not in #{channel.name}")
    places = [channel.guild.id, None] if channel.guild else [None]
    for place in places:
        for one in world.commands.get(place, []):
            if one["name"] == name and one["type"] == kind:
                _check_usable(one, channel, user)
                return one
    names = sorted({one["name"] for place in places for one in world.commands.get(place, [])})
    raise UsageError(f"no command {name!r} is synced here; there is: {', '.join(names) or 'none'}")


def _check_usable(command: Json, channel: Channel, user: User) -> None:
    context = _context(channel)
    contexts = command.get("contexts")
    no_dm = context == BOT_DM and command.get("dm_permission") is False
    if no_dm or (contexts is not None and context not in contexts):
        raise UsageError(f"/{command['name']} cannot be used in this kind of channel")
    declared = command.get("integration_types") or [GUILD_INSTALL]
    if not set(declared) & set(installs(channel, user)):
        raise UsageError(f"{user.name} has not installed the bot, and nobody has for them here")
    needed = command.get("default_member_permissions")
    if needed is not None and channel.guild is not None:
        has = channel.guild.permissions_of(user)
        if not has & ADMINISTRATOR and int(needed) & ~has:
            raise UsageError(f"{user.name} lacks the permission for /{command['name']}")


def command_data(
    world: World,
    channel: Channel,
    user: User,
    name: str,
    options: Mapping[str, Any],
    focused: str | None = None,
) -> Json:
    """The data of `/name` with options; with `focused`, of its autocomplete."""
    words = name.split()
    command = find_command(world, channel, user, words[0])
    resolved: Json = {}
    data: Json = {"id": command["id"], "name": command["name"], "type": 1}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    node, parent = command, data
    for word in words[1:]:
        node = _subcommand(node, word, name)
        inner: Json = {"type": node["type"], "name": word, "options": []}
        parent["options"] = [inner]
        parent = inner
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in node.get("options") or []):
        raise UsageError(f"/{name} needs a subcommand")
    parent["options"] = _filled(node, name, options, focused, resolved, channel)
    if resolved:
        data["resolved"] = resolved
    return data


def _subcommand(node: Json, word: str, name: str) -> Json:
    for one in node.get("options") or []:
        if one["name"] == word and one["type"] in (SUBCOMMAND, GROUP):
            return dict(one)
    raise UsageError(f"/{name}: {word!r} is not a synced subcommand")


def _filled(
    node: Json,
    name: str,
    options: Mapping[str, Any],
    focused: str | None,
    resolved: Json,
    channel: Channel,
) -> list[Json]:
    declared = {one["name"]: one for one in node.get("options") or []}
    for given in options:
        if given not in declared:
            listed = ", ".join(declared) or "none"
            raise UsageError(f"/{name} has no option {given!r}; there is: {listed}")
    found = []
    for one in declared.values():
        if focused is not None and one["name"] == focused:
            found.append(_focused(one, options.get(focused, "")))
        elif one["name"] in options:
            found.append(_option(one, options[one["name"]], name, resolved, channel))
        elif one.get("required") and focused is None:
            raise UsageError(f"/{name} needs the option {one['name']!r}")
    return found


def _focused(one: Json, value: Any) -> Json:
    if not one.get("autocomplete"):
        raise UsageError(f"the option {one['name']!r} has no autocomplete")
    return {"type": one["type"], "name": one["name"], "value": str(value), "focused": True}


def _option(one: Json, value: Any, name: str, resolved: Json, channel: Channel) -> Json:
    kind = one["type"]
    types = _TYPES.get(kind, ())
    if not isinstance(value, types) or (isinstance(value, bool) and kind != BOOLEAN):
        raise UsageError(f"/{name}: {one['name']} does not take {value!r}")
    _check_bounds(one, value, name)
    choices = {choice["name"]: choice["value"] for choice in one.get("choices") or []}
    if choices:
        if value not in choices and value not in choices.values():
            raise UsageError(f"/{name}: {one['name']} offers only {', '.join(choices)}")
        value = choices.get(value, value)
    if isinstance(value, (User, Role, Channel)):
        _resolve(value, resolved, channel)
        value = str(value.id)
    return {"type": kind, "name": one["name"], "value": value}


def _check_bounds(one: Json, value: Any, name: str) -> None:
    size = len(value) if isinstance(value, str) else value
    low, high = (
        ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    )
    if isinstance(value, str) and len(value) > 6000:
        raise UsageError(f"/{name}: {one['name']} is longer than 6000 characters")
    if one.get(low) is not None and size < one[low]:
        raise UsageError(f"/{name}: {one['name']} must be at least {one[low]}")
    if one.get(high) is not None and size > one[high]:
        raise UsageError(f"/{name}: {one['name']} must be at most {one[high]}")


def _resolve(value: User | Role | Channel, resolved: Json, where: Channel) -> None:
    key = str(value.id)
    if isinstance(value, Channel):
        resolved.setdefault("channels", {})[key] = channel_json(value)
    elif isinstance(value, Role):
        role = role_json(value.id, value.name, mentionable=value.mentionable, position=1)
        resolved.setdefault("roles", {})[key] = role
    else:
        resolved.setdefault("users", {})[key] = user_json(value)
        if where.guild is not None and value.id in where.guild.members:
            member = member_json(where.guild, value)
            member.pop("user")
            resolved.setdefault("members", {})[key] = member
