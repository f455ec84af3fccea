"""What happens to channels and people, with the events that Slack sends the bot for it."""

from __future__ import annotations

from collections.abc import Collection

from tests.loopback.slack.delivering import Delivering
from tests.loopback.slack.methods.users import body
from tests.loopback.slack.model import JSON, Channel, User, Workspace
from tests.loopback.slack.payloads import Payloads
from tests.loopback.slack.world import World


class Lifecycle:
    """Done by people, by and large. `events` are those that the app is subscribed to; None for all.

    Of a private channel the bot only hears while it is in it; of a public one also otherwise, but
    for who comes and goes.
    """

    world: World
    delivering: Delivering
    payloads: Payloads
    events: Collection[str] | None

    async def archive(self, channel: Channel) -> None:
        channel.archived = True
        await self._told(channel, "archive")

    async def unarchive(self, channel: Channel, *, bot: bool = True) -> None:
        """Without `bot` it has to be invited again, as it may have to be in Slack."""
        heard = self._has_bot(channel)
        channel.archived = False
        if not bot:
            channel.members.discard(self._bot(channel))
        await self._told(channel, "unarchive", heard=heard)

    async def delete(self, channel: Channel) -> None:
        """Delete a channel with all that was said in it."""
        heard = self._has_bot(channel)
        del self.world.channels[channel.id]
        for message in self.world.messages:
            if message.channel is channel:
                message.deleted = True
        await self._told(channel, "deleted", heard=heard)

    async def rename(self, channel: Channel, name: str) -> None:
        channel.name = self.world.names[channel.id] = name
        await self._told(channel, "rename", {"channel": {"id": channel.id, "name": name}})

    async def invite(self, channel: Channel, *user_ids: str) -> None:
        """Let people in; without any, the bot."""
        for user_id in user_ids or (self._bot(channel),):
            channel.members.add(user_id)
            await self._moved(channel, "member_joined_channel", user_id)

    async def kick(self, channel: Channel, *user_ids: str) -> None:
        """Take people out, or let them leave; without any, the bot."""
        bot = self._bot(channel)
        for user_id in user_ids or (bot,):
            channel.members.discard(user_id)
            if user_id == bot:
                kind = "group_left" if channel.is_private else "channel_left"
                await self._say(channel, {"type": kind, "channel": channel.id})
            else:
                await self._moved(channel, "member_left_channel", user_id)

    async def deactivate(self, user: User) -> None:
        """Take an account away; its messages and memberships stay."""
        user.deleted = True
        team = self.world.teams[user.team_id]
        known = body(user, self.world.wall(), with_locale=False)
        await self._deliver(team, {"type": "user_change", "user": known})

    async def _moved(self, channel: Channel, kind: str, user_id: str) -> None:
        if not self._has_bot(channel):
            return
        sort = "G" if channel.is_private else "C"
        event = {"type": kind, "user": user_id, "channel": channel.id, "channel_type": sort}
        await self._say(channel, {**event, "team": channel.team_id})

    async def _told(
        self, channel: Channel, what: str, more: JSON | None = None, *, heard: bool | None = None
    ) -> None:
        inside = self._has_bot(channel) if heard is None else heard
        if channel.is_private and not inside:
            return
        sort = "group" if channel.is_private else "channel"
        await self._say(channel, {"type": f"{sort}_{what}", "channel": channel.id, **(more or {})})

    async def _say(self, channel: Channel, event: JSON) -> None:
        self.world.changed()
        await self._deliver(self.world.teams[channel.team_id], event)

    async def _deliver(self, team: Workspace, event: JSON) -> None:
        if self.events is None or event["type"] in self.events:
            event = {**event, "event_ts": self.world.next_ts()}
            await self.delivering.send(self.payloads.event(team, event))

    def _bot(self, channel: Channel) -> str:
        return self.world.teams[channel.team_id].bot_user_id

    def _has_bot(self, channel: Channel) -> bool:
        return self._bot(channel) in channel.members
