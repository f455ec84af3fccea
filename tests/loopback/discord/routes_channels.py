"""Routes of channels and their messages."""

from __future__ import annotations

from tests.loopback.discord.errors import ApiError, Problems, unknown
from tests.loopback.discord.messages import Message
from tests.loopback.discord.payloads import channel_json, message_json
from tests.loopback.discord.places import ATTACH_FILES, READ_HISTORY, Channel
from tests.loopback.discord.posting import amend, post, remove
from tests.loopback.discord.routing import Call, Reply, route
from tests.loopback.discord.world import World

CLOSED = "Cannot send messages to this user"
NO_MUTUAL = "Cannot send messages to this user due to having no mutual guilds"


@route("GET", "/channels/{channel_id}")
def get_channel(world: World, call: Call) -> Reply:
    """A channel."""
    return channel_json(world.channel(call.params["channel_id"]))


@route("DELETE", "/channels/{channel_id}")
def close_channel(world: World, call: Call) -> Reply:
    """Close a DM, which keeps it. The bot may not delete guild channels here."""
    channel = world.channel(call.params["channel_id"])
    if channel.guild is not None:
        raise ApiError(403, 50013, "Missing Permissions")
    return channel_json(channel)


@route("POST", "/channels/{channel_id}/typing")
def typing(world: World, call: Call) -> Reply:
    """Typing: only checked for access."""
    world.channel(call.params["channel_id"])
    return None


@route("POST", "/channels/{channel_id}/messages")
def create_message(world: World, call: Call) -> Reply:
    """Send. With `enforce_nonce` a nonce used lately gives back the message that is there."""
    channel = world.channel(call.params["channel_id"])
    _may_write(world, channel, with_files=bool(call.files))
    seen = _same_nonce(world, call)
    if seen is not None:
        world.swallowed.append(call.body)
        return message_json(world, seen, nonce=True)
    message = post(world, channel, world.bot, call.body or {}, call.files)
    return message_json(world, message, nonce=True)


def _may_write(world: World, channel: Channel, *, with_files: bool) -> None:
    if channel.recipient is None:
        needed = channel.writing | (ATTACH_FILES if with_files else 0)
        if needed & ~channel.bot_permissions:
            raise ApiError(403, 50013, "Missing Permissions")
        return
    fault = getattr(channel.recipient, "dm_fault", None)
    if fault == "closed":
        raise ApiError(403, 50007, CLOSED)
    if fault == "too_fast" and not channel.messages:
        raise ApiError(403, 40003, "You are opening direct messages too fast")
    if fault == "no_mutual_guild" or not world.may_write_to(channel.recipient):
        raise ApiError(403, 50278, NO_MUTUAL)


def _same_nonce(world: World, call: Call) -> Message | None:
    body = call.body or {}
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    since = world.now() - world.nonce_seconds
    used = world.by_nonce.get(str(nonce), [])
    return next((one for one in used if one.created >= since and not one.deleted), None)


@route("GET", "/channels/{channel_id}/messages")
def history(world: World, call: Call) -> Reply:
    """History, newest first, without ephemeral messages.

    Without the permission to read it there is none, and no refusal.
    """
    channel = world.channel(call.params["channel_id"])
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        problems = Problems()
        problems.number(("limit",), limit, 1, 100)
        problems.refuse()
    found = [one for one in channel.messages if not one.deleted and one.ephemeral_for is None]
    if channel.guild is not None and not channel.bot_permissions & READ_HISTORY:
        found = []
    if "after" in call.query:
        found = [one for one in found if one.id > int(call.query["after"])][:limit]
    elif "before" in call.query:
        found = [one for one in found if one.id < int(call.query["before"])]
    shown = found[-limit:][::-1]
    return [message_json(world, one, nonce=world.nonce_in_history) for one in shown]


def _message(world: World, call: Call) -> Message:
    channel = world.channel(call.params["channel_id"])
    for one in channel.messages:
        # Ephemeral messages do not exist for this route.
        hidden = one.deleted or one.ephemeral_for is not None
        if str(one.id) == call.params["message_id"] and not hidden:
            return one
    raise unknown("Message")


@route("GET", "/channels/{channel_id}/messages/{message_id}")
def get_message(world: World, call: Call) -> Reply:
    """One message."""
    return message_json(world, _message(world, call), nonce=world.nonce_in_history)


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit_message(world: World, call: Call) -> Reply:
    """Edit a message of the bot's own."""
    message = _message(world, call)
    if message.author is not world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    amend(world, message, call.body or {}, call.files)
    return message_json(world, message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(world: World, call: Call) -> Reply:
    """Delete a message of the bot's own."""
    message = _message(world, call)
    if message.author is not world.bot:
        code = 50003 if message.channel.guild is None else 50013
        text = "Cannot execute action on a DM channel" if code == 50003 else "Missing Permissions"
        raise ApiError(403, code, text)
    remove(world, message)
    return None
