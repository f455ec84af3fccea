"""The pages for everybody, where there is more or less to install."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.web.site import Site
from bot.http import HttpServer
from core.caller import Platform
from docs.pages import as_html
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.people import MONDAY
from tests.stages.running import make_bot
from tests.whole_bot import eventually, settings_of

DOCS = Path(__file__).parent.parent / "docs"


@asynccontextmanager
async def served(site: Site) -> AsyncIterator[Callable[..., Any]]:
    """Open a page of the site; its status and its text."""
    server = HttpServer("127.0.0.1", 0)
    server.add(site.routes())
    await server.start()
    async with aiohttp.ClientSession() as session:

        async def page(path: str, liked: str = "") -> tuple[int, str]:
            headers = {"Accept-Language": liked} if liked else {}
            async with session.get(f"{server.url}{path}", headers=headers) as answer:
                return answer.status, await answer.text()

        yield page
    await server.stop()


@pytest.mark.parametrize("slack", [True, False])
@pytest.mark.parametrize("discord", ["", "https://discord.com/x?a=1&b=2"])
async def test_there_is_a_button_for_each_platform_that_it_is_on(slack: bool, discord: str) -> None:
    async with served(Site(slack=slack, discord=lambda: discord)) as page:
        status, text = await page("/")
        assert status == 200
        assert ("Add to Slack" in text) is slack
        assert ('href="https://discord.com/x?a=1&amp;b=2"' in text) is bool(discord)
        assert ("where your job club is" in text) is not (slack or bool(discord))
        assert "<script" not in text
        assert "style=" not in text


@pytest.mark.parametrize(
    ("liked", "language", "label"),
    [
        ("", "en", "Add to Slack"),
        ("es-MX,es;q=0.9,en;q=0.8", "es", "Añadir a Slack"),
        ("fr-CA", "fr", "Ajouter à Slack"),
        ("de-DE,de;q=0.9,fr;q=0.5", "fr", "Ajouter à Slack"),
        ("de", "en", "Add to Slack"),
        (";;,=", "en", "Add to Slack"),
    ],
)
async def test_they_are_in_the_language_that_a_browser_likes(
    liked: str, language: str, label: str
) -> None:
    async with served(Site(slack=True)) as page:
        for path, words in (("/", label), ("/privacy", "Squeaky")):
            status, text = await page(path, liked)
            assert status == 200
            assert f'<html lang="{language}">' in text
            assert words in text


@pytest.mark.parametrize(("liked", "ending"), [("", ""), ("es", ".es"), ("fr", ".fr")])
async def test_the_privacy_page_says_all_that_the_docs_say(liked: str, ending: str) -> None:
    async with served(Site(slack=True)) as page:
        _, text = await page("/privacy", liked)
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
    for line in (DOCS / f"privacy{ending}.md").read_text(encoding="utf-8").splitlines():
        plain = re.sub(r"\[([^\]]+)\]\([^)]+\)|[*`#|]", r"\1", line).replace("- ", "", 1)
        for words in re.findall(r"[\w ,.’]{12,}", plain):
            assert " ".join(words.split()) in shown, words


@pytest.mark.parametrize("public", [True, False])
async def test_one_workspace_has_them_only_with_a_public_address(
    tmp_path: Path, public: bool
) -> None:
    async with SlackServer() as server:
        bot = await make_bot(
            f"sqlite:///{tmp_path / 'one.sqlite3'}",
            MONDAY,
            slack_bot_token=server.team().bot_token,
            slack_app_token=server.app_token,
            slack_api_url=server.api_url,
            public_url="https://bot.example.org" if public else None,
        )
        await bot.start()
        try:
            async with aiohttp.ClientSession() as session:
                for path in ("/", "/privacy"):
                    async with session.get(f"{bot.http.url}{path}") as answer:
                        assert answer.status == (200 if public else 404)
                        assert "Add to Slack" not in await answer.text()
                async with session.get(f"{bot.http.url}/slack/install") as answer:
                    assert answer.status == 404
        finally:
            await bot.stop()


async def test_the_button_for_discord_adds_this_very_bot(tmp_path: Path) -> None:
    async with DiscordServer() as server:
        bot = await make_bot(
            f"sqlite:///{tmp_path / 'one.sqlite3'}",
            MONDAY,
            public_url="https://bot.example.org",
            **settings_of(server),
        )
        await bot.start()
        try:
            await eventually(lambda: bot.services[Platform.DISCORD].connected, "Discord")
            async with aiohttp.ClientSession() as session, session.get(bot.http.url) as answer:
                text = await answer.text()
            assert "https://discord.com/oauth2/authorize?client_id=" in text
            assert "Add to Slack" not in text
        finally:
            await bot.stop()


def test_what_the_pages_use_becomes_html_and_nothing_else_does() -> None:
    made = as_html("# A & B\n\nSee **b** `<c>` [d](e.md) [f](https://g).\n\n- one\n  more\n- two\n")
    assert made == (
        "<h1>A &amp; B</h1>\n"
        '<p>See <strong>b</strong> <code>&lt;c&gt;</code> d <a href="https://g">f</a>.</p>\n'
        "<ul>\n<li>one more</li>\n<li>two</li>\n</ul>\n"
    )
