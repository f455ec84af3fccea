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
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.settings import Settings
from bot.wiring import Bot, build
from core.caller import Account, Caller, Platform

IMAGES = Path(__file__).parent / "images"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()

ZONE = "Europe/Berlin"
FIRST_DAY = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
THE_MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
A_WEEK_BEFORE = (
    "add Dana Lee @ Acme re: data PM, email, soon",
    "sent Dana, idea, note: Two ways to cut your reporting time",
    "add Priya Nair @ Initech re: analytics lead, phone, high priority, when: 24 Nov",
    "add @ Globex re: operations lead, when: 24 Nov",
    "add Sam Ortiz @ Northwind re: support lead, linkedin, relaxed",
)
IN_THE_CHANNEL = "/followup add Robin Patel @ Hooli re: platform PM, email, in 3 days"


async def main() -> int:
    """Make every picture; 1 when there is no browser to make them with."""
    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    if chromium is None:
        print("no Chromium or Chrome on this machine", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    async with _bot() as bot, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _a_week_passes(bot)
        await _digest(browser, bot.http.url)
        await _playground(browser, bot.http.url)
        await _phone(browser, bot.http.url)
        await browser.close()
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.name}: {path.stat().st_size // 1024} KB")
    return 0


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
    page = await _open(browser, f"{url}/?pane=private", 720, 1200)
    message = page.locator("#pane-private .message").last
    await _take(message, "digest")


async def _playground(browser: Browser, url: str) -> None:
    """The whole page, after one command in the channel and one press in private."""
    page = await _open(browser, url, 1200, 860)
    await _say(page, "channel", IN_THE_CHANNEL)
    private = page.locator("#pane-private")
    await private.get_by_role("button", name="Sent", exact=True).first.click()
    await private.get_by_role("button", name="Undo", exact=True).first.wait_for()
    await page.mouse.move(0, 0)
    await _take(page, "playground")


async def _phone(browser: Browser, url: str) -> None:
    """The private conversation on a phone, in the dark."""
    page = await _open(browser, f"{url}/?pane=private", 390, 844, dark=True)
    await _take(page, "phone")


async def _open(browser: Browser, url: str, width: int, height: int, dark: bool = False) -> Page:
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id=ZONE,
        locale="en-GB",
        color_scheme="dark" if dark else "light",
        device_scale_factor=1.5,
        has_touch=dark,
    )
    page = await context.new_page()
    await page.goto(url)
    return page


async def _say(page: Page, pane: str, text: str) -> None:
    await page.locator(f"#text-{pane}").fill(text)
    await page.keyboard.press("Enter")
    await page.locator(f"#pane-{pane} .log").get_by_text("Robin Patel").last.wait_for()


async def _take(what: Page | Locator, name: str) -> None:
    """One picture, without a blinking cursor and once everything stands still."""
    await what.screenshot(
        path=IMAGES / f"{name}.png", animations="disabled", caret="hide", type="png"
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
