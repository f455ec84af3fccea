"""Slack, Discord and the playground in one process and one loop; one failing leaves the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.wiring import Bot
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.stages.running import make_bot

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@asynccontextmanager
async def everywhere(
    folder: Path, slack: SlackServer, discord: DiscordServer, token: str
) -> AsyncIterator[Bot]:
    """One bot on all three, its Discord token given."""
    bot = await make_bot(
        f"sqlite:///{folder / 'squeaky.sqlite3'}",
        MONDAY,
        slack_bot_token=slack.team().bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
        discord_token=token,
        discord_api_url=discord.api_url,
        discord_gateway_url=discord.gateway_url,
        playground="on",
        playground_file=str(folder / "playground.jsonl"),
    )
    await bot.start()
    try:
        await slack.connected()
        yield bot
    finally:
        await bot.stop()


async def _works_on_slack(slack: SlackServer) -> None:
    dana = slack.user("U1", "dana", tz="Europe/Berlin")
    answer = await dana.slash("/followup", "add Robin Patel @ Acme")
    await answer.wait_for("First ping")


async def _works_in_the_playground(bot: Bot) -> None:
    async with ClientSession() as browser, browser.get(bot.http.url) as page:
        assert page.status == 200
        assert "Squeaky" in await page.text()


async def test_all_three_in_one_process(tmp_path: Path) -> None:
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        async with everywhere(tmp_path, slack, discord, discord.token) as bot:
            await discord.wait_connected()
            await discord.wait_for_commands()
            await _works_on_slack(slack)
            await _works_in_the_playground(bot)
            kim = discord.user("kim")
            discord.guild("Club").join(kim)
            room = discord.guild("Club").channel("general")
            answer = await kim.command("followup add", {"who": "Sam @ Initech"}, channel=room)
            assert "First ping" in answer.text
            assert not await bot.mailroom.claim(list(bot.services))
        slack.assert_clean()
        assert discord.troubles == []


async def test_a_platform_that_refuses_us_leaves_the_others_serving(tmp_path: Path) -> None:
    async with (
        SlackServer() as slack,
        await DiscordServer.start() as discord,
        everywhere(tmp_path, slack, discord, "no-such-token") as bot,
    ):
        await _works_on_slack(slack)
        await _works_in_the_playground(bot)
