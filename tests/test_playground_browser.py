"""The playground in a real browser: keyboard, phone, dark, and without any script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route

from core.reply import Message, Reply
from tests.chromium import PHONE, launched, needs_chromium
from tests.test_web_forms import FORM
from tests.test_web_kit import Served, digest, saying, serving

SENT = "sent:t=41&s=1&v=d17"

pytestmark = needs_chromium


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path / "transcript.jsonl") as served:
        served.desk.replies["list"] = Reply(digest())
        served.desk.replies[SENT] = Reply(digest("sent. Next on Monday."), replace=True)
        served.desk.replies["ask:t=41&form=replied"] = Reply(form=FORM)
        served.desk.replies["sent:t=41"] = Reply(saying("Noted."))
        yield served


async def _open(browser: Browser, it: Served, path: str = "/", **options: object) -> Page:
    context = await browser.new_context(timezone_id="Europe/Berlin", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(5000)
    await page.goto(it.url + path)
    return page


async def _sideways(page: Page) -> int:
    """By how many pixels the page, or anything that scrolls in it, is wider than what is seen."""
    return int(
        await page.evaluate(
            "Math.max(...[document.documentElement, ...document.querySelectorAll('.scroll')]"
            ".map((each) => each.scrollWidth - each.clientWidth))"
        )
    )


async def test_what_takes_over_a_second_says_that_it_is_on_its_way(
    chromium: Browser, it: Served
) -> None:
    page = await _open(chromium, it)
    ready = asyncio.Event()

    async def held(route: Route) -> None:
        await ready.wait()
        await route.continue_()

    await page.route("**/say", held)
    await page.locator("#text-channel").fill("/followup list")
    await page.keyboard.press("Enter")
    moment = page.get_by_text("One moment, I am at it.")
    await moment.wait_for()
    ready.set()
    await page.get_by_role("button", name="Sent", exact=True).first.wait_for()
    await moment.wait_for(state="detached")


async def test_everything_is_done_by_keyboard(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.type("/followup list")
    await page.keyboard.press("Enter")
    sent = page.get_by_role("button", name="Sent", exact=True).first
    await sent.wait_for()
    assert await page.evaluate("document.activeElement.id") == "text-channel"
    assert await page.locator("#text-channel").input_value() == ""
    await sent.focus()
    await page.keyboard.press("Enter")
    await page.locator(".log").get_by_text("Acme: sent. Next on Monday.").wait_for()
    assert await page.evaluate("document.activeElement.textContent") == "Undo"
    assert "sent. Next on Monday" in str(await page.locator("[data-live]").text_content())
    assert errors == []


async def test_a_menu_opens_and_closes_by_keyboard(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it)
    await page.locator("#text-private").fill("list")
    await page.keyboard.press("Enter")
    menu = page.locator("#pane-private summary", has_text="Snooze").first
    await menu.focus()
    await page.keyboard.press("Enter")
    option = page.locator("#pane-private").get_by_role("button", name="7 days").first
    assert await option.is_visible()
    await page.keyboard.press("Escape")
    assert not await option.is_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator(".log").get_by_text("Heard snooze:t=41&s=1&v=d17&until=7").wait_for()


async def test_a_form_holds_the_focus_and_gives_it_back(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it)
    await page.locator("#text-private").fill("list")
    await page.keyboard.press("Enter")
    replied = page.get_by_role("button", name="They replied").first
    await replied.click()
    dialog = page.get_by_role("dialog", name="You sent a ping")
    await dialog.wait_for()
    assert await page.evaluate("document.activeElement.name") == "f.note"
    for _ in range(12):
        await page.keyboard.press("Tab")
        inside = await page.evaluate("!document.activeElement.closest('[data-page]')")
        assert inside
    await page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")
    assert await page.evaluate("document.activeElement.textContent") == "They replied"


async def test_commands_complete_themselves(chromium: Browser, it: Served) -> None:
    it.desk.suggestions = {"sent who": ["Dana Lee"]}
    page = await _open(chromium, it)
    await page.locator("#text-channel").press_sequentially("/followup sen")
    await page.get_by_role("option", name="sent: You sent a ping").wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name="Dana Lee").wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    assert await page.locator("#text-channel").input_value() == "/followup sent Dana Lee"
    assert it.desk.calls == []


async def test_an_offer_that_comes_late_leaves_the_mark_where_it_is(
    chromium: Browser, it: Served
) -> None:
    page = await _open(chromium, it)
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/suggest?text=%2Ffollowup+sen&*", hold)
    field = page.locator("#text-channel")
    await field.press_sequentially("/followup se")
    option = page.get_by_role("option", name="sent: You sent a ping")
    await option.wait_for()
    await field.press_sequentially("n")
    await page.keyboard.press("ArrowDown")
    await page.wait_for_function("document.querySelector('[aria-selected=true]') !== null")
    while not held:
        await page.wait_for_timeout(20)
    async with page.expect_response("**/suggest?text=%2Ffollowup+sen&*"):
        await held[0].continue_()
    await page.keyboard.press("Enter")
    assert await field.input_value() == "/followup sent "


async def test_what_arrives_does_not_disturb_typing(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it)
    other = await _open(chromium, it)
    await page.locator("#text-private").press_sequentially("add Dan")
    await other.locator("#text-channel").fill("Good morning")
    await other.keyboard.press("Enter")
    await page.locator(".log").get_by_text("Good morning").wait_for()
    await page.keyboard.type("a")
    assert await page.locator("#text-private").input_value() == "add Dana"


@pytest.mark.parametrize("script", [True, False])
async def test_a_phone_never_scrolls_sideways(chromium: Browser, it: Served, script: bool) -> None:
    page = await _open(
        chromium, it, "/?pane=private", viewport=PHONE, has_touch=True, java_script_enabled=script
    )
    await page.locator("#text-private").fill("list")
    await page.get_by_role("button", name="Send", exact=True).click()
    more = page.locator("#pane-private summary[aria-label=More]").last
    await more.click()
    if script:
        assert await _sideways(page) == 0
        it.desk.replies["show"] = Reply(saying("w" * 3000))
        await page.locator("#text-private").fill("show")
        await page.keyboard.press("Enter")
        await page.locator(".log").get_by_text("w" * 3000).wait_for()
        assert await _sideways(page) == 0
    else:
        await page.get_by_role("button", name="Not interested").last.click()
    assert not await page.locator("#pane-channel").is_visible()
    await page.get_by_role("link", name="#job-club").click()
    await page.locator("#pane-channel").wait_for()
    assert not await page.locator("#pane-private").is_visible()


async def test_a_finger_finds_every_button_on_a_phone(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it, "/?pane=private", viewport=PHONE, has_touch=True)
    await page.locator("#text-private").fill("list")
    await page.keyboard.press("Enter")
    await page.locator(".log").get_by_text("pings due").wait_for()
    for button in await page.locator("button:visible, summary:visible, .tabs a").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 40, await button.text_content()


async def test_the_last_menu_is_within_reach(chromium: Browser, it: Served) -> None:
    it.desk.replies["list"] = Reply(Message(digest().blocks[-9:-3]))
    page = await _open(chromium, it, "/?pane=private", viewport=PHONE, has_touch=True)
    for number in range(3):
        await page.locator("#text-private").fill("list")
        await page.keyboard.press("Enter")
        await page.locator("#pane-private .message").nth(number).wait_for()
    await page.locator("#pane-private summary[aria-label=More]").last.click()
    await page.get_by_role("button", name="Not interested").last.click()
    await page.locator(".log").get_by_text("Heard close:t=42&reason=not").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_in_both_schemes(chromium: Browser, it: Served, scheme: str) -> None:
    page = await _open(chromium, it, color_scheme=scheme)
    await page.locator("#text-private").fill("list")
    await page.keyboard.press("Enter")
    await page.locator(".log").get_by_text("pings due").wait_for()
    assert await page.evaluate(CONTRAST) >= 4.5
    dark = (
        await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 26)"
    )
    assert dark == (scheme == "dark")


async def test_the_page_works_without_a_script(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it, java_script_enabled=False)
    await page.get_by_role("button", name="See the list").first.click()
    await page.get_by_role("button", name="Sent", exact=True).first.click()
    assert await page.locator(".log").get_by_text("Acme: sent. Next on Monday.").is_visible()
    it.desk.replies["add"] = Reply(form=FORM)
    await page.locator("#text-private").fill("add")
    await page.locator("#pane-private").get_by_role("button", name="Send").click()
    await page.get_by_label("Note").fill("Two ways")
    await page.get_by_role("checkbox", name="Monday").check()
    await page.get_by_role("button", name="Save").click()
    assert await page.locator(".log").get_by_text("Noted.").is_visible()
    assert it.desk.calls[-1][2] == {
        "note": "Two ways",
        "on": "today",
        "via": "",
        "days": "Sat,Sun,Mon",
    }
    await page.get_by_role("button", name="Tomorrow 8:30").click()
    assert await page.get_by_text("Tue 24 Nov 2026, 08:30").first.is_visible()
    await page.locator("summary", has_text="You are").click()
    await page.get_by_label("Somebody else").fill("Robin")
    await page.get_by_role("button", name="Add a member").click()
    assert await page.get_by_text("You are Robin").is_visible()


CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = channels(getComputedStyle(each).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const says = (node) => node.nodeType === 3 && node.textContent.trim();
  const texts = [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some(says));
  return Math.min(...texts.map((element) => {
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
}"""


async def test_channels_are_added_and_changed(chromium: Browser, it: Served) -> None:
    page = await _open(chromium, it)
    await page.locator("#text-channel").fill("Good morning")
    await page.keyboard.press("Enter")
    await page.locator("#pane-channel .log").get_by_text("Good morning").wait_for()
    menu = page.locator("summary", has_text="Channels")
    await menu.click()
    await page.locator("#new-channel").fill("Second chance")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="second-chance").wait_for()
    assert await page.locator("#pane-channel .log li").count() == 0
    await page.locator("#text-channel").fill("/followup list")
    await page.keyboard.press("Enter")
    await page.locator("#pane-channel .log").get_by_text("2 pings due").wait_for()
    room = it.desk.calls[-1][3].room
    assert room is not None
    assert room.channel == "second-chance"
    await menu.click()
    await page.get_by_role("link", name="#job-club", exact=True).click()
    await page.locator("#pane-channel .log").get_by_text("Good morning").wait_for()
    assert await page.locator("#pane-channel .log").get_by_text("2 pings due").count() == 0
