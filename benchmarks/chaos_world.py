"""Where the kill test happens: two platforms on this computer, and the people who wait there."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.chaos_faults import RandomDiscordFaults, RandomSlackFaults
from core.caller import Account, Platform
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer


@dataclass(frozen=True)
class Shown:
    """One message that somebody found: as the platform names it, and the delivery's key in it."""

    message: str
    key: str


@dataclass(frozen=True)
class World:
    """Both platforms."""

    slack: SlackServer
    discord: DiscordServer
    slack_faults: RandomSlackFaults
    discord_faults: RandomDiscordFaults

    def settings(self, database_url: str) -> dict[str, Any]:
        """Of a bot that lives here."""
        return {
            "database_url": database_url,
            "slack_bot_token": self.slack.team().bot_token,
            "slack_app_token": self.slack.app_token,
            "slack_api_url": self.slack.api_url,
            "discord_token": self.discord.token,
            "discord_api_url": self.discord.api_url,
            "discord_gateway_url": self.discord.gateway_url,
            "http_port": 0,
        }

    def newcomers(self, count: int) -> list[Account]:
        """So many more people, half of them on each platform in turn."""
        guild, team = self.discord.guild("Job club"), self.slack.team()
        accounts = []
        for number in range(count):
            if number % 2:
                person = self.slack.user(f"U{number}", team=team)
                accounts.append(Account(Platform.SLACK, team.id, person.id))
            else:
                human = self.discord.user(f"member{number}")
                guild.join(human)
                accounts.append(Account(Platform.DISCORD, "", str(human.id)))
        return accounts

    def skip(self, time: timedelta) -> None:
        """Let time pass at once. Slack has nothing that expires for a message that is sent."""
        self.discord.skip(time.total_seconds())

    def inboxes(self) -> dict[str, list[Shown]]:
        """What is in everybody's direct messages, by user."""
        found: dict[str, list[Shown]] = {}
        for posted in self.slack.world.messages:
            payload = (posted.metadata or {}).get("event_payload", {})
            shown = Shown(posted.ts, str(payload.get("key", "")))
            found.setdefault(posted.channel.id.removeprefix("D"), []).append(shown)
        for sent in self.discord.messages:
            assert sent.channel.recipient is not None, "nothing is said in public"
            shown = Shown(str(sent.id), sent.nonce or "")
            found.setdefault(str(sent.channel.recipient.id), []).append(shown)
        return found

    def complaints(self) -> list[str]:
        """What the platforms had to refuse, besides what was to fail."""
        slack = [f"Slack refused {refusal}" for refusal in self.slack.refusals]
        return [*slack, *self.slack.violations, *self.discord.troubles]


@asynccontextmanager
async def world(seed: int) -> AsyncIterator[World]:
    """Both platforms, running, with nobody there yet."""
    async with await SlackServer.start() as slack, await DiscordServer.start() as discord:
        # A bot that is killed hangs up in the middle of anything, and that is no news here.
        logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
        slack_faults, discord_faults = RandomSlackFaults(seed), RandomDiscordFaults(seed)
        slack.faults = slack.web.faults = slack_faults
        discord.faults = discord.rest.faults = discord_faults
        yield World(slack, discord, slack_faults, discord_faults)
