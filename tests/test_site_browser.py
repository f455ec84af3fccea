"""The pages for everybody in a real browser: from the first one into Slack and back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page

from tests.chromium import PHONE, launched, needs_chromium
from tests.stages.slack_town import Town, town_of

pytestmark = needs_chromium

PICTURES = os.environ.get("PICTURES")
"""A folder for pictures of what is tested, to look at."""
CONTRAST = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const found = parts(getComputedStyle(at).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255, 255];
  };
  const weak = [];
  for (const one of document.querySelectorAll("main *, footer *, header *")) {
    const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own) continue;
    const [a, b] = [parts(getComputedStyle(one).color), ground(one)]
      .map((c) => light(c.slice(0, 3))).sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.push(one.textContent.trim());
  }
  return weak;
}
"""


@asynccontextmanager
async def phone(
    colours: Literal["light", "dark"] = "light", *, script: bool = True
) -> AsyncIterator[Page]:
    """A page on a phone that asks nobody but this computer. The site itself has no script."""
    async with launched() as browser:
        context = await browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            color_scheme=colours,
            java_script_enabled=script,
        )
        yield await context.new_page()


async def pictured(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


async def press(page: Page, words: str) -> None:
    """Go to a link with the keyboard alone, and follow it."""
    wanted = page.get_by_role("link", name=words, exact=True).first
    for _ in range(20):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if await focused.count() and (await focused.inner_text()).strip() == words:
            break
    else:
        raise AssertionError(f"{words!r} can't be reached by keyboard")
    assert await wanted.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def is_fit_for_a_phone(page: Page) -> None:
    """Nothing sticks out, all can be read, and a screen reader knows what it is."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert await page.evaluate("document.documentElement.lang") == "en"
    assert await page.locator("h1").count() == 1
    assert await page.locator("main").count() == 1
    assert await page.title()
    assert await page.evaluate(CONTRAST) == []
    for link in await page.get_by_role("link").all():
        assert (await link.inner_text()).strip()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(f"sqlite:///{tmp_path / 'one.sqlite3'}") as town:
        yield town


async def test_somebody_adds_it_with_the_keyboard_and_without_a_script(town: Town) -> None:
    async with phone(script=False) as page:
        await page.goto(town.url)
        await press(page, "Add to Slack")
        assert page.url.startswith(town.slack.url)
        await press(page, "Allow in Night school")
        assert await page.get_by_role("heading").inner_text() == "Squeaky is in Night school"
        link = page.get_by_role("link", name="Open Squeaky in Slack")
        address = await link.get_attribute("href") or ""
        assert address == "https://slack.com/app_redirect?app=A1&team=T2"
        assert "code" not in page.url
        await page.reload()
        assert await page.get_by_role("heading").inner_text() == "Squeaky is in Night school"
        await page.go_back()
        await page.go_back()
        await press(page, "Add to Slack")
        await press(page, "Cancel")
        assert "You pressed Cancel" in await page.locator("main").inner_text()
        cookies = await page.context.cookies()
        assert [one["name"] for one in cookies if one["name"].startswith("squeaky")] == []
    answer = await town.people["T2"].slash("/followup", "add Robin Patel @ Acme, tomorrow")
    await answer.wait_for("Robin")


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_the_pages_are_fit_for_a_phone(town: Town, colours: Literal["light", "dark"]) -> None:
    async with phone(colours) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(town.url)
        await is_fit_for_a_phone(page)
        button = await page.get_by_role("link", name="Add to Slack").bounding_box()
        assert button is not None
        assert button["y"] + button["height"] < PHONE["height"], "it is on the first screen"
        await pictured(page, f"landing-{colours}")
        await page.get_by_role("link", name="Add to Slack").click()
        await page.get_by_role("link", name="Allow in Job club").click()
        await is_fit_for_a_phone(page)
        await pictured(page, f"installed-{colours}")
        await page.goto(f"{town.url}/slack/oauth_redirect?error=access_denied")
        await is_fit_for_a_phone(page)
        await pictured(page, f"cancelled-{colours}")
        await page.goto(town.url)
        await page.get_by_role("link", name="What Squeaky keeps of you").first.click()
        await is_fit_for_a_phone(page)
        assert await page.locator("h1").inner_text() == "Privacy"
        assert "/followup forget me" in await page.locator("main").inner_text()
        await pictured(page, f"privacy-{colours}")
        assert complaints == [], "the headers let through what the pages need"
        if PICTURES:
            await page.set_viewport_size({"width": 1200, "height": 800})
            await page.goto(town.url)
            await pictured(page, f"wide-{colours}")
