"""Makes the pictures of the docs: the real bot, its playground, and a headless Chromium.

python -m docs.pictures

Nothing in them is drawn by hand: run this again when what the bot shows has changed. The clock is
fixed, so only a change of the bot (or of the machine's fonts) changes a picture.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, FloatRect, Page, ViewportSize, async_playwright

from bot.settings import Settings
from bot.wiring import Bot, build
from core.caller import Account, Caller, Platform

IMAGES = Path(__file__).parent / "images"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-lcd-text"
).split()

Scheme = Literal["light", "dark"]
DESK = ViewportSize(width=1200, height=740)
TALL = ViewportSize(width=1440, height=1200)
PHONE = ViewportSize(width=390, height=844)
MARGIN = 8
PRIVATE = "#pane-private"

ZONE = "Europe/Berlin"
FIRST_DAY = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
THE_MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
A_WEEK_BEFORE = (
    "add Dana Lee @ Acme re: data PM, email",
    "sent Dana, idea, note: Two ways to cut your reporting time",
    "add Priya Nair @ Initech re: analytics lead, phone, high priority, when: 24 Nov",
    "add @ Globex re: operations lead, when: 24 Nov",
    "add Sam Ortiz @ Northwind re: support lead, linkedin, relaxed",
)
IN_THE_CHANNEL = "/followup add Robin Patel @ Hooli re: platform PM, email, in 3 days"

ANSWERS = {
    "draft": (
        "insight Dana, they are moving their reports to dbt",
        "draft Dana, idea, email",
    ),
    "pitch": (
        "pitch Dana, change: Reports that build themselves overnight, problem: Two people copy"
        " numbers by hand every week, numbers: 12 hours to 2 hours a week, achievement: Cut the"
        " weekly report at Initech from 3 days to 2 hours",
    ),
}
"""What is typed in private, by the picture of the last answer."""


async def main() -> None:
    """Make every picture. Exits when there is no browser to make them with."""
    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit("There is no Chromium or Chrome on this machine to make pictures with.")
    IMAGES.mkdir(exist_ok=True)
    async with _bot() as bot, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _first_add(browser)
        await _a_week_passes(bot)
        await _digest(browser, bot.http.url)
        await _phone(browser, bot.http.url)
        await _playground(browser, bot.http.url)
        for name, lines in ANSWERS.items():
            await _answer(browser, bot.http.url, name, lines)
        await browser.close()


@asynccontextmanager
async def _bot() -> AsyncIterator[Bot]:
    """The whole bot in a folder of its own, with no settings but these."""
    with tempfile.TemporaryDirectory() as folder:
        values = {
            "database_url": f"sqlite:///{folder}/squeaky.sqlite3",
            "http_port": 0,
            "playground": "on",
            "playground_file": f"{folder}/playground.jsonl",
            "squeaky_now": FIRST_DAY,
        }
        bot = await build(Settings.model_validate(values))
        await bot.start()
        try:
            yield bot
        finally:
            await bot.stop()


async def _a_week_passes(bot: Bot) -> None:
    you = Caller(Account(Platform.WEB, "", "you"), zone=ZONE)
    for line in A_WEEK_BEFORE:
        reply = await bot.desk.line(line, you)
        if reply.refused or reply.message is None:
            raise ValueError(f"the bot did not take {line!r}")
    bot.clock.move_to(THE_MORNING)
    await bot.tick()


async def _digest(browser: Browser, url: str) -> None:
    """The morning's message alone, as wide as a page of text."""
    page = await _open(browser, url, TALL, 1.5)
    box = await page.locator(f"{PRIVATE} article").last.bounding_box()
    assert box is not None
    await _take(page, "digest", _around(box))


def _around(box: FloatRect) -> FloatRect:
    return FloatRect(
        x=box["x"] - MARGIN,
        y=box["y"] - MARGIN,
        width=box["width"] + 2 * MARGIN,
        height=box["height"] + 2 * MARGIN,
    )


async def _playground(browser: Browser, url: str) -> None:
    """The whole page, after one command in the channel and two presses in private."""
    page = await _open(browser, url, DESK)
    await page.locator("#text-channel").fill(IN_THE_CHANNEL)
    await page.keyboard.press("Enter")
    await page.locator("#pane-channel .log").get_by_role("button", name="Edit").wait_for()
    undo = page.locator(PRIVATE).get_by_role("button", name="Undo", exact=True)
    for done in range(2):
        await page.locator(PRIVATE).get_by_role("button", name="Sent", exact=True).first.click()
        await undo.nth(done).wait_for()
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)
    await _take(page, "playground")


async def _first_add(browser: Browser) -> None:
    """What somebody reads after the first thing that they ever typed."""
    async with _bot() as bot:
        await _answer(browser, bot.http.url, "first-add", (A_WEEK_BEFORE[0] + ", in 3 days",))


async def _answer(browser: Browser, url: str, name: str, lines: Sequence[str]) -> None:
    """The answer to the last of what is typed in private, without what was typed."""
    page = await _open(browser, url, TALL)
    articles = page.locator(f"{PRIVATE} article")
    for line in lines:
        before = await articles.count()
        await page.locator("#text-private").fill(line)
        await page.keyboard.press("Enter")
        await articles.nth(before + 1).wait_for()
    picture = articles.last.locator("img")
    if await picture.count():
        await picture.evaluate("each => each.decode()")
    await articles.last.evaluate("each => each.scrollIntoView()")
    await page.evaluate("document.activeElement.blur()")
    box = await articles.last.bounding_box()
    assert box is not None
    await _take(page, name, _around(box))


async def _phone(browser: Browser, url: str) -> None:
    """The private conversation on a phone, in the dark."""
    page = await _open(browser, f"{url}/?pane=private", PHONE, 1.3, "dark")
    await page.locator(f"{PRIVATE} article").last.evaluate("each => each.scrollIntoView()")
    await _take(page, "phone")


async def _open(
    browser: Browser, url: str, size: ViewportSize, sharpness: float = 1.0, scheme: Scheme = "light"
) -> Page:
    context = await browser.new_context(
        viewport=size,
        timezone_id=ZONE,
        locale="en-GB",
        color_scheme=scheme,
        device_scale_factor=sharpness,
        has_touch=size is PHONE,
    )
    page = await context.new_page()
    await page.goto(url)
    return page


async def _take(page: Page, name: str, clip: FloatRect | None = None) -> None:
    """One picture, without a cursor and once everything stands still."""
    await page.screenshot(
        path=IMAGES / f"{name}.png", clip=clip, animations="disabled", caret="hide"
    )


if __name__ == "__main__":
    asyncio.run(main())
