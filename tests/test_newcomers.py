"""The README's pages on Slack and on Discord, followed as they stand, on this computer's own ones.

What differs from a newcomer's: no page of a platform is clicked through, and two settings say that
the platform is here. Everything else is read from the README, so what it leaves out is missing.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer

ROOT = Path(__file__).parent.parent
NAMES = {name.upper() for name in Settings.model_fields}
PATIENCE = 60.0


def section(title: str) -> str:
    """What the README says below a heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0].partition("\n### ")[0]


def fill_in(folder: Path, page: str, tokens: Mapping[str, str]) -> None:
    """Copy `.env.example` to `.env` and put a token into each line that the page names."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8")
    wanted = re.findall(r"^ +([A-Z_]+)=(.*)…$", page, re.MULTILINE)
    assert dict(wanted).keys() == tokens.keys()
    for name, start in wanted:
        assert tokens[name].startswith(start)
        lines, count = re.subn(rf"^{name}=$", f"{name}={tokens[name]}", lines, flags=re.MULTILINE)
        assert count == 1, name
    (folder / ".env").write_text(lines, encoding="utf-8")


@asynccontextmanager
async def started(folder: Path, here: Mapping[str, str]) -> AsyncIterator[list[str]]:
    """`make run`, without the part that fetches libraries; what `bot check` says beside it."""
    env = {name: value for name, value in os.environ.items() if name.upper() not in NAMES}
    env |= {"PYTHONPATH": str(ROOT), "HTTP_PORT": "0", **here}
    command = (sys.executable, "-m", "bot")
    with (folder / "log").open("wb") as log:
        bot = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, stderr=log)
        try:
            async with asyncio.timeout(PATIENCE):
                while b" serving " not in (folder / "log").read_bytes():
                    assert bot.returncode is None, (folder / "log").read_text()
                    await asyncio.sleep(0.1)
            pipe = asyncio.subprocess.PIPE
            check = await asyncio.create_subprocess_exec(
                *command, "check", cwd=folder, env=env, stdout=pipe
            )
            said, _ = await asyncio.wait_for(check.communicate(), PATIENCE)
            yield said.decode().splitlines()
        finally:
            bot.terminate()
            await asyncio.wait_for(bot.wait(), PATIENCE)


async def test_slack_in_ten_minutes(tmp_path: Path) -> None:
    page = section("Slack in ten minutes")
    (manifest,) = re.findall(r"paste \[[^]]+\]\(([^)]+)\)", page)
    (line,) = re.findall(r"type `/followup ([^`]+)`", page)
    async with SlackServer() as slack:
        slack.use_manifest(json.loads((ROOT / manifest).read_text(encoding="utf-8")))
        dana = slack.user("U1", "dana")
        tokens = {"SLACK_BOT_TOKEN": slack.team().bot_token, "SLACK_APP_TOKEN": slack.app_token}
        fill_in(tmp_path, page, tokens)
        async with started(tmp_path, {"SLACK_API_URL": slack.api_url}) as checked:
            assert "✓ slack: ok" in checked, checked
            await slack.connected()
            answer = await dana.slash("/followup", line)
            first = await answer.wait_for("First ping", within=PATIENCE)
            assert "private message" in first.text_form()
        slack.assert_clean()


async def test_discord_in_ten_minutes(tmp_path: Path) -> None:
    page = section("Discord in ten minutes")
    assert "type `/followup add` and fill in `who`" in page
    async with await DiscordServer.start() as discord:
        dana = discord.user("dana")
        discord.guild("Job club").join(dana)
        fill_in(tmp_path, page, {"DISCORD_TOKEN": discord.token})
        here = {"DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway_url}
        async with started(tmp_path, here) as checked:
            assert "✓ discord: ok" in checked, checked
            await discord.wait_for_commands(patience=PATIENCE)
            shown = await dana.command("followup add", {"who": "Dana Lee @ Acme"})
            assert "First ping" in shown.text
            assert "I don't know your time zone yet" in shown.text, "as the page says"
