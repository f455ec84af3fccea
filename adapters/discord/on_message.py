"""The command of a message's own menu: the form of a new follow-up, begun from the message.

Discord gives the whole message to the command that somebody uses on it, whatever intents the bot
has, also where the bot is not: in a server or a conversation to which the person brought it along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import discord
from discord import app_commands

from adapters.discord.callers import Interaction, caller_of
from adapters.discord.commands import CONTEXTS, INSTALLS, Answer
from core.desk import Desk
from core.language import N_
from core.quoting import add_values
from core.requests import Add
from core.writing_back import with_author

NAME = N_("Follow up on this")
LONGEST = 10_000
"""Characters of a message that are looked at."""

Part: TypeAlias = "discord.Message | discord.MessageSnapshot"

_MARKS = (
    (re.compile(r"<a?:(\w+):\d+>"), r":\1:"),
    (re.compile(r"^(?:#{1,3} |-# |>>> |> )", re.MULTILINE), ""),
    (re.compile(r"\[([^\]\n]+)\]\(<?(https?://[^\s)>]+)>?\)"), r"\1 (\2)"),
    (re.compile(r"<(https?://[^\s>]+)>"), r"\1"),
    (re.compile(r"(?<!\\)(?:\*\*|__|~~|\|\||`{1,3})"), ""),
    (re.compile(r"(?<![\w*\\])([*_])(?=\S)([^*_\n]+)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)
"""Discord's markdown, and what is left of it."""
_MOMENT = re.compile(r"<t:(-?\d{1,12})(?::\w)?>")


def message_command(desk: Desk, answer: Answer) -> app_commands.ContextMenu:
    """The command, wherever somebody may use the bot."""

    async def follow_up(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        values = told_by(interaction, message)
        await answer(interaction, desk.form(Add.verb, values, caller_of(interaction)))

    return app_commands.ContextMenu(
        name=NAME, callback=follow_up, allowed_contexts=CONTEXTS, allowed_installs=INSTALLS
    )


def told_by(interaction: Interaction, message: discord.Message) -> dict[str, str]:
    """What the message tells of a new follow-up: whom with, and a note that leads back to it.

    Somebody else's words that were forwarded say nothing of who sent them on.
    """
    values = add_values(text_of(message), _link(interaction, message))
    author = message.author
    if author.bot or author.id == interaction.user.id or message.message_snapshots:
        return values
    return with_author(values, author.display_name, f"https://discord.com/users/{author.id}")


def text_of(message: discord.Message) -> str:
    """What the message says, without Discord's marks; its own emojis by name, its moments in UTC.

    One without words is told by its files. A forwarded one has both in a snapshot.
    """
    parts: list[Part] = [message, *message.message_snapshots]
    text = "\n".join(filter(None, (words for part in parts for words in _words(part))))
    text = _MOMENT.sub(_moment, text[:LONGEST])
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    files = (file.filename for part in parts for file in part.attachments)
    return text if text.strip() else "\n".join(files)


def _link(interaction: Interaction, message: discord.Message) -> str:
    """Where the message is. One that only a single person sees has no address that lasts."""
    if message.flags.ephemeral:
        return ""
    place = interaction.guild_id or "@me"
    return f"https://discord.com/channels/{place}/{interaction.channel_id}/{message.id}"


def _words(part: Part) -> Iterator[str]:
    """All that it says: what was typed, then what bots put into embeds and components."""
    yield _typed(part) if isinstance(part, discord.Message) else part.content
    for embed in part.embeds:
        yield embed.title or ""
        yield embed.description or ""
    yield from _displayed(part.components)


def _typed(message: discord.Message) -> str:
    """What was typed, with those who were mentioned by their names alone: an "@" names a place."""
    text = message.clean_content
    for name in [one.display_name for one in message.mentions] + [
        role.name for role in message.role_mentions
    ]:
        text = text.replace(f"@{name}", name)
    return text


def _displayed(components: Iterable[Any]) -> Iterator[str]:
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        yield from _displayed(getattr(one, "children", ()))


def _moment(found: re.Match[str]) -> str:
    try:
        return f"{datetime.fromtimestamp(int(found[1]), UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, OSError, ValueError):
        return found[0]
