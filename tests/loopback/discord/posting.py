"""Stores, edits and deletes messages after checking them, and tells the gateway."""

from __future__ import annotations

import json

from tests.loopback.discord.components import walk
from tests.loopback.discord.errors import ApiError, Json
from tests.loopback.discord.interactions import Interaction
from tests.loopback.discord.mentions import pings, texts_of
from tests.loopback.discord.messages import Message
from tests.loopback.discord.payloads import member_json, message_json
from tests.loopback.discord.places import Channel, User
from tests.loopback.discord.validation import (
    EPHEMERAL,
    IS_COMPONENTS_V2,
    LOADING,
    check_message,
)
from tests.loopback.discord.world import World

GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
SETTABLE = 1 << 2 | 1 << 12 | IS_COMPONENTS_V2
Files = dict[str, bytes]


ATTACHMENT_LIMIT = 10 * 1024 * 1024
"""Bytes of one file, where nobody has boosted the server."""


def with_ids(components: list[Json]) -> list[Json]:
    """A copy in which every component has a numeric id, as Discord hands them back."""
    copied: list[Json] = json.loads(json.dumps(components))
    everything = list(walk(copied))
    taken = {one["id"] for one in everything if one.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for one in everything:
        if not one.get("id"):
            one["id"] = next(free)
    return copied


def post(
    world: World,
    channel: Channel,
    author: User,
    body: Json,
    files: Files,
    *,
    hidden_for: User | None = None,
    interaction: Interaction | None = None,
) -> Message:
    """Check and store a new message. With `hidden_for` it is ephemeral."""
    _check_sizes(files)
    check_message(body, frozenset(files))
    message = Message(world.new_id(), channel, author, world.now())
    message.ephemeral_for, message.interaction = hidden_for, interaction
    message.flags = EPHEMERAL if hidden_for else 0
    nonce = body.get("nonce")
    message.nonce = None if nonce is None else str(nonce)
    _write(message, body, files)
    _store(world, message)
    return message


def post_thinking(world: World, interaction: Interaction, *, hidden: bool) -> Message:
    """Store the "is thinking" message of a deferred response."""
    message = Message(world.new_id(), interaction.channel, world.bot, world.now())
    message.ephemeral_for = interaction.user if hidden else None
    message.interaction = interaction
    message.flags = LOADING | (EPHEMERAL if hidden else 0)
    _store(world, message)
    return message


def fill(world: World, message: Message, body: Json, files: Files) -> None:
    """Turn "is thinking" into the message. Who sees it was settled when it was deferred."""
    _check_sizes(files)
    check_message(body, frozenset(files))
    message.flags &= ~LOADING
    _write(message, body, files)
    _announce(world, "MESSAGE_UPDATE", message)


def amend(world: World, message: Message, body: Json, files: Files) -> None:
    """Check and apply an edit. What the body leaves out stays; Components V2 stays for good."""
    if message.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    _check_sizes(files)
    kept = _kept_files(message, body)
    merged: Json = {
        "content": body.get("content", message.content),
        "embeds": body.get("embeds", message.embeds),
        "components": body.get("components", message.components),
        "attachments": body.get("attachments") or [],
        "allowed_mentions": body.get("allowed_mentions"),
        "flags": message.flags | (body.get("flags") or 0) & SETTABLE,
    }
    check_message(merged, frozenset({**kept, **files}))
    heard = message.pings
    _write(message, merged, {**kept, **files})
    message.pings = heard  # an edit pings nobody
    message.edited = world.now()
    message.edits += 1
    _announce(world, "MESSAGE_UPDATE", message)


def remove(world: World, message: Message) -> None:
    """Delete a message."""
    if message.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    message.deleted = True
    _announce(world, "MESSAGE_DELETE", message)


def _check_sizes(files: Files) -> None:
    if any(len(data) > ATTACHMENT_LIMIT for data in files.values()):
        raise ApiError(413, 40005, "Request entity too large")


def _kept_files(message: Message, body: Json) -> Files:
    if "attachments" not in body:
        return dict(message.files)
    kept = {str(one.get("id")) for one in body["attachments"] or []}
    named = enumerate(message.files.items())
    return {name: data for index, (name, data) in named if str(message.id + 1 + index) in kept}


def _write(message: Message, body: Json, files: Files) -> None:
    message.content = body.get("content") or ""
    message.embeds = json.loads(json.dumps(body.get("embeds") or []))
    message.components = with_ids(body.get("components") or [])
    message.files = dict(files)
    message.flags |= (body.get("flags") or 0) & SETTABLE
    message.allowed_mentions = body.get("allowed_mentions")
    text = "\n".join([message.content, *texts_of(message.components)])
    allowed = message.allowed_mentions
    message.pings = pings(text, allowed, message.channel, message.ephemeral_for)


def _store(world: World, message: Message) -> None:
    message.channel.messages.append(message)
    if message.nonce is not None and message.author is world.bot:
        world.by_nonce.setdefault(message.nonce, []).append(message)
    _announce(world, "MESSAGE_CREATE", message)


def _announce(world: World, event: str, message: Message) -> None:
    world.bell.ring()
    guild = message.channel.guild
    if message.ephemeral_for is not None or (guild and not guild.bot_inside):
        return
    if message.channel.people:
        return  # the bot is not there
    data = message_json(world, message, nonce=event == "MESSAGE_CREATE")
    if event == "MESSAGE_DELETE":
        data = {"id": data["id"], "channel_id": data["channel_id"]}
    if guild is None:
        world.emit(event, data, None, DIRECT_MESSAGES)
        return
    data["guild_id"] = str(guild.id)
    if event != "MESSAGE_DELETE":
        data["member"] = member_json(guild, message.author)
    world.emit(event, data, guild.id, GUILD_MESSAGES)
