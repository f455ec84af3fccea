"""The digest of three pings on a phone: the whole bot, a real browser, one screen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from core.caller import Account, Caller, Platform
from tests.chromium import PHONE, launched, needs_chromium
from tests.stages.running import make_bot

pytestmark = needs_chromium

ZONE = "Europe/Berlin"
LINES = (
    "add Robin Patel @ Acme re: data PM, email, urgent",
    "insight Robin, they are moving their reports to dbt",
    "sent Robin, idea, on: 24 Nov, note: two ways to cut your reporting time",
    "add Sam Okafor @ Initech, phone, when: 1 Dec",
    "add @ Globex re: operations lead, when: 1 Dec",
)


async def test_three_pings_fit_on_a_phones_screen(tmp_path: Path) -> None:
    start = datetime(2026, 11, 25, 9, tzinfo=UTC)
    database = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    transcript = str(tmp_path / "playground.jsonl")
    bot = await make_bot(database, start, playground="on", playground_file=transcript)
    await bot.start()
    try:
        for number, line in enumerate(LINES):
            caller = Caller(Account(Platform.WEB, "", "you"), f"k{number}", zone=ZONE)
            assert not (await bot.desk.line(line, caller)).refused, line
        bot.clock.move_to(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
        await bot.tick()
        assert await _height(bot.http.url) <= PHONE["height"]
    finally:
        await bot.stop()


async def _height(url: str) -> float:
    """How tall the newest private message is, in pixels of the page."""
    async with launched() as browser:
        context = await browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]}, timezone_id=ZONE
        )
        page = await context.new_page()
        await page.goto(f"{url}/?pane=private")
        message = page.locator(".message").last
        assert "3 pings due" in await message.inner_text()
        box = await message.bounding_box()
        assert box is not None
        return box["height"]
