"""One connection to Discord: commands, presses and forms come in and go to the desk."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Mapping
from dataclasses import replace

import aiohttp
import discord
from discord import InteractionType, app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.answers import Answers, note
from adapters.discord.callers import Interaction, caller_of
from adapters.discord.commands import followup_group
from adapters.discord.downloads import attachment_of, download
from adapters.discord.forms import values
from adapters.discord.happenings import Happenings
from adapters.discord.localizing import localized
from adapters.discord.on_message import message_command
from adapters.discord.render import token_of
from adapters.discord.sync import differ
from core.caller import Caller
from core.desk import Desk
from core.domain.comings import Comings
from core.language import N_
from core.reply import Reply
from core.requests import BY_VERB

OURS = re.compile(rf"(?:{'|'.join(map(re.escape, BY_VERB))})(?:[:#].*)?", re.DOTALL)
"""Custom ids that carry a token of ours."""

CHANGED = N_("That command has changed. Please type it again in a minute.")

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody talks here

log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands. One that Discord still shows in an older form is answered with a sentence."""

    def __init__(self, client: discord.Client, answers: Answers) -> None:
        super().__init__(client)
        self._answers = answers

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Called when discord.py can't match what was typed to a command: answers raise nothing."""
        log.warning("a command that we don't have: %s", error)
        if interaction.type is InteractionType.application_command:
            await self._answers.answer(interaction, _changed())


class FollowUpClient(discord.Client):
    """discord.py's client with our commands and handlers.

    Presses and forms are recognized by their custom id alone and nothing is kept in memory, so
    those from before a restart work as well. Nothing that it sends pings anybody.
    """

    def __init__(
        self, desk: Desk, shard: int = 0, shards: int = 1, comings: Comings | None = None
    ) -> None:
        """`shard` counts from 0; Discord gives each of several its part of the servers."""
        super().__init__(
            shard_id=shard if shards > 1 else None,
            shard_count=shards if shards > 1 else None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            max_ratelimit_timeout=30.0,
        )
        self._desk = desk
        self._happenings = Happenings(comings)
        self.answers = Answers(tongue=desk.tongues.of)
        self.tree = Tree(self, self.answers)
        self.tree.add_command(followup_group(desk, self.answers.answer))
        self.tree.add_command(message_command(desk, self.answers.answer))

    @property
    def connected(self) -> bool:
        """Whether commands arrive now. discord.py's own `is_ready` comes seconds later."""
        socket: DiscordWebSocket | None = self.ws  # None until the first connection
        return socket is not None and socket.open

    async def setup_hook(self) -> None:
        """Once after each login: tell Discord about the commands if it has others."""
        if self.shard_id:
            return  # they are the same for all shards, and the first one tells
        try:
            await self._sync()
        except (discord.HTTPException, app_commands.AppCommandError, aiohttp.ClientError) as error:
            log.error("the commands are not up to date on Discord: %s", error)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a press or a form. Commands and completions go through the tree."""
        data: Mapping[str, object] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        if not OURS.fullmatch(custom_id):
            return
        token, caller = token_of(custom_id), caller_of(interaction)
        work: Awaitable[Reply]
        if interaction.type is InteractionType.component:
            work = self._desk.press(token, caller)
        elif interaction.type is InteractionType.modal_submit:
            work = self._submitted(token, data, caller)
        else:
            return
        reply = await self.answers.answer(interaction, work)
        async for later in self._desk.going_on(reply, caller):
            await self.answers.change(interaction, later)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Somebody deleted a channel."""
        await self._happenings.channel_deleted(channel.id, channel.guild.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Somebody deleted a thread, which may be in nobody's memory."""
        await self._happenings.channel_deleted(payload.thread_id, payload.guild_id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """A channel was renamed, or its permissions changed."""
        await self._happenings.channel_changed(after)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot is no longer in a server."""
        await self._happenings.server_left(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot is in a server that it was not in before."""
        await self._happenings.server_joined(guild.id)

    async def _submitted(self, token: str, data: Mapping[str, object], caller: Caller) -> Reply:
        attachment = attachment_of(data)
        if attachment is not None:
            caller = replace(caller, upload=await download(attachment))
        return await self._desk.submit(token, values(data.get("components")), caller)

    async def _sync(self) -> None:
        assert self.application_id is not None
        place = Route("GET", "/applications/{id}/commands", id=self.application_id)
        there = await self.http.request(place, params={"with_localizations": "true"})
        ours = [localized(command.to_dict(self.tree)) for command in self.tree.get_commands()]
        if differ(ours, there):
            await self.http.bulk_upsert_global_commands(self.application_id, payload=ours)
            log.info("told Discord about the commands")


async def _changed() -> Reply:
    return Reply(message=note(CHANGED), refused=True)
